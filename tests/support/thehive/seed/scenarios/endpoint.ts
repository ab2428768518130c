import { bullets, code, table, type Scenario } from '../scenario.ts'

const rules = [
  ['Script interpreter started by an office program', 'T1059', 3],
  ['Credential store read by an unsigned process', 'T1003', 4],
  ['Scheduled task created from a temporary folder', 'T1053', 2],
  ['Known bad hash executed', 'T1204', 3],
  ['Unusual child of the print service', 'T1059', 2],
  ['Potentially unwanted program', 'T1204', 1],
] as const

/** Detection and response on workstations. */
export const endpoint: Scenario = ({ random, world, campaign }) => {
  const host = random.pick(world.hosts)
  const user = random.pick(world.users)
  const [rule, technique, base] = random.skewed(rules)
  const hash = random.pick(campaign.hashes)
  const file = random.pick(campaign.files)
  const pid = random.int(400, 30_000)
  return {
    type: 'edr',
    source: 'endpoint-sensor',
    prefix: 'EDR',
    title: `${rule} on ${host.name}`,
    description: [
      `The sensor on **${host.name}** saw \`${file}\` run as ${user}. Technique [${technique}](https://attack.example/techniques/${technique}).`,
      table({
        Host: host.name,
        Address: host.address,
        User: user,
        Process: file,
        PID: pid,
        'Parent PID': random.int(300, 4000),
        SHA256: hash,
      }),
      '### Process tree',
      code(
        'text',
        `explorer.exe (${random.int(1000, 4000)})`,
        `└─ outlook.exe (${random.int(4000, 8000)})`,
        `   └─ ${file} (${pid})`,
        `      └─ powershell.exe -enc ${random.hex(48)}`,
      ),
      bullets(
        `Confidence **${random.int(40, 99)} %**`,
        random.pick(['Process was blocked', 'Process was only observed', 'Host was isolated']),
        `Sensor version 7.${random.int(0, 30)}`,
      ),
    ].join('\n\n'),
    tags: ['edr', technique, random.pick(['blocked', 'observed', 'isolated'])],
    severity: Math.max(
      1,
      Math.min(
        4,
        base +
          random.weighted([
            [0, 5],
            [-1, 4],
          ]),
      ),
    ),
    tlp: 2,
    template: 'malware',
    fields: {
      'affected-host': host.name,
      ...(random.chance(0.4) ? { confidence: random.int(40, 99) / 100 } : {}),
    },
    observables: [
      { dataType: 'hash', data: hash, ioc: true },
      { dataType: 'filename', data: file },
      { dataType: 'hostname', data: host.name, tags: ['asset'] },
      ...(random.chance(0.3)
        ? [{ dataType: 'ip', data: random.pick(campaign.addresses), message: 'Contacted after start' }]
        : []),
    ],
  }
}
