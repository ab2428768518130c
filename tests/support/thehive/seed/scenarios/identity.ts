import { bullets, code, table, type Scenario } from '../scenario.ts'

const places = ['Lisbon', 'Oslo', 'Prague', 'Tallinn', 'Vienna', 'Zagreb', 'an anonymising network']

/** Remote access and sign-ins. */
export const identity: Scenario = ({ random, world, campaign }) => {
  const user = random.pick(world.users)
  const address = random.pick(campaign.addresses)
  const [here, there] = [random.pick(places), random.pick(places)]
  const failures = random.int(3, 300)
  const rule = random.pick([
    'Impossible travel',
    'Many failed sign-ins, then success',
    'New device for a privileged account',
  ])
  return {
    type: 'vpn',
    source: random.pick(['vpn-gateway', 'identity-provider']),
    prefix: 'AUTH',
    title: `${rule}: ${user}`,
    description: [
      `${user} signed in from **${there}** (${address}), last seen in **${here}** ${random.int(5, 170)} minutes earlier.`,
      table({
        Account: user,
        Address: address,
        'Failed attempts': failures,
        'Second factor': random.pick(['push accepted', 'push denied', 'none']),
        Agent: campaign.agent,
      }),
      code(
        'log',
        ...Array.from(
          { length: random.int(2, 4) },
          (_, at) =>
            `gw1 auth[${random.int(100, 999)}]: user=${user} src=${address} result=${at === 0 ? 'ok' : 'fail'} method=saml`,
        ),
      ),
      bullets('Ask the account owner before resetting anything', `Risk score **${random.int(20, 95)}**`),
    ].join('\n\n'),
    tags: ['identity', 'vpn', ...(random.chance(0.2) ? ['privileged'] : [])],
    severity: random.weighted([
      [1, 30],
      [2, 50],
      [3, 18],
      [4, 2],
    ]),
    tlp: 2,
    template: 'account-compromise',
    fields: { 'risk-score': random.int(20, 95) },
    observables: [
      { dataType: 'ip', data: address },
      { dataType: 'mail', data: user, tags: ['account'] },
      ...(random.chance(0.5) ? [{ dataType: 'user-agent', data: campaign.agent }] : []),
    ],
  }
}
