import { bullets, code, table, type Scenario } from '../scenario.ts'

/** Data loss prevention. */
export const leak: Scenario = ({ random, world, campaign }) => {
  const user = random.pick(world.users)
  const domain = random.pick(campaign.domains)
  const file = random.pick([
    'customers.xlsx',
    'roadmap.pptx',
    'payroll-q3.csv',
    'contracts.zip',
    'design.pdf',
  ])
  const megabytes = random.int(1, 900)
  return {
    type: 'dlp',
    source: 'dlp-proxy',
    prefix: 'DLP',
    title: `${file} sent to ${domain} by ${user}`,
    description: [
      `A file marked **${random.pick(['Internal', 'Confidential', 'Strictly confidential'])}** left through the web proxy.`,
      table({
        User: user,
        File: file,
        Size: `${megabytes} MB`,
        Destination: domain,
        Policy: random.pick(['PII bulk', 'Source code', 'Financial data']),
      }),
      bullets(
        `${random.int(1, 4000)} matching records`,
        random.pick([
          'Upload was allowed',
          'Upload was stopped',
          'User gave a reason: "customer asked for it"',
        ]),
      ),
      'Data owners are listed in the [register](https://register.example/owners).',
    ].join('\n\n'),
    tags: ['dlp', random.pick(['allowed', 'stopped'])],
    severity: random.weighted([
      [1, 30],
      [2, 45],
      [3, 20],
      [4, 5],
    ]),
    tlp: 3,
    template: 'data-leak',
    fields: { 'business-unit': random.pick(['Sales', 'Finance', 'Engineering', 'Human Resources']) },
    observables: [
      { dataType: 'domain', data: domain },
      { dataType: 'filename', data: file },
      { dataType: 'mail', data: user, tags: ['account'] },
    ],
  }
}

/** Audit trails of cloud accounts. */
export const cloud: Scenario = ({ random, world, campaign }) => {
  const user = random.pick(world.users)
  const address = random.pick(campaign.addresses)
  const action = random.pick([
    'CreateAccessKey',
    'PutBucketPolicy',
    'StopLogging',
    'ConsoleLogin',
    'AttachRolePolicy',
  ])
  const account = String(random.int(100_000, 999_999))
  return {
    type: 'cloud',
    source: 'cloud-audit',
    prefix: 'CLD',
    title: `${action} by ${user} from ${address}`,
    description: [
      `Rule *unusual ${action}* fired in account \`${account}\`, region ${random.pick(['north-1', 'west-2', 'central-1'])}.`,
      table({
        Actor: user,
        Action: action,
        Address: address,
        Agent: campaign.agent,
        'First time': random.pick(['yes', 'no']),
      }),
      code(
        'json',
        '{',
        `  "eventName": "${action}",`,
        `  "sourceIPAddress": "${address}",`,
        `  "userAgent": "${campaign.agent}",`,
        `  "requestID": "${random.hex(32)}",`,
        `  "readOnly": ${random.chance(0.3)}`,
        '}',
      ),
      '1. Check the change ticket\n2. Compare with the last thirty days\n3. Revoke the key where in doubt',
    ].join('\n\n'),
    tags: ['cloud', `action:${action}`],
    severity: random.weighted([
      [1, 40],
      [2, 45],
      [3, 15],
    ]),
    tlp: 2,
    template: 'generic',
    fields: random.chance(0.3) ? { 'risk-score': random.int(1, 80) } : {},
    observables: [
      { dataType: 'ip', data: address },
      { dataType: 'mail', data: user, tags: ['account'] },
      ...(random.chance(0.3) ? [{ dataType: 'other', data: `account:${account}` }] : []),
    ],
  }
}
