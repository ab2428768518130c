import { code, table, type Scenario } from '../scenario.ts'

const signatures = [
  'Outbound beacon pattern',
  'DNS tunnel suspected',
  'SQL injection attempt',
  'TLS to a newly seen host',
  'Port scan',
  'Cleartext credentials',
]

/** Intrusion detection: many, terse and mostly harmless. */
export const network: Scenario = ({ random, world, campaign }) => {
  const host = random.pick(world.hosts)
  const remote = random.pick(campaign.addresses)
  const signature = random.skewed(signatures)
  const port = random.pick([22, 53, 80, 443, 445, 3389, 8080, 8443])
  const sid = random.int(2_000_000, 2_900_000)
  return {
    type: 'ids',
    source: random.pick(['sensor-east', 'sensor-west', 'sensor-core']),
    prefix: 'IDS',
    title: `${signature}: ${host.address} → ${remote}:${port}`,
    description: [
      `Signature **${sid}** (*${signature}*) matched ${random.int(1, 400)} times within ${random.int(1, 60)} minutes.`,
      table({
        Source: host.address,
        'Source host': host.name,
        Destination: remote,
        Port: port,
        Protocol: random.pick(['TCP', 'UDP']),
        Bytes: random.int(200, 9_000_000),
      }),
      code(
        'json',
        `{"flow_id":${random.int(1e9, 9e9)},"event_type":"alert","src_ip":"${host.address}","dest_ip":"${remote}","dest_port":${port},"alert":{"signature_id":${sid},"rev":${random.int(1, 9)},"category":"Misc activity"}}`,
      ),
      random.chance(0.5)
        ? 'The destination was seen in other alerts of the last days.'
        : '> No further context from the sensor.',
    ].join('\n\n'),
    tags: ['ids', `sid:${sid % 100}`, ...(random.chance(0.3) ? [`campaign:${campaign.name}`] : [])],
    severity: random.weighted([
      [1, 60],
      [2, 32],
      [3, 8],
    ]),
    tlp: 1,
    template: undefined,
    fields: { 'detection-rule': String(sid) },
    observables: [
      { dataType: 'ip', data: remote, ioc: random.chance(0.4) },
      { dataType: 'ip', data: host.address, tags: ['internal'] },
      ...(random.chance(0.4) ? [{ dataType: 'domain', data: random.pick(campaign.domains) }] : []),
      ...(random.chance(0.2) ? [{ dataType: 'user-agent', data: campaign.agent }] : []),
    ],
  }
}
