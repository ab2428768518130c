import { bullets, table, type Scenario } from '../scenario.ts'

/** Events of a sharing community: few, but rich in indicators. */
export const intelligence: Scenario = ({ random, campaign }) => {
  const event = random.int(1000, 9999)
  const indicators = [
    ...campaign.domains.map((data) => ({ dataType: 'domain', data, ioc: true })),
    ...campaign.addresses.map((data) => ({ dataType: 'ip', data, ioc: true })),
    ...campaign.hashes.map((data) => ({ dataType: 'hash', data, ioc: true })),
  ].slice(0, random.int(3, 8))
  return {
    type: 'misp',
    source: 'sharing-community',
    prefix: 'MISP',
    title: `#${event} ${campaign.name}: indicators of ${random.pick(['a loader', 'a stealer', 'a phishing kit', 'an extortion group'])}`,
    description: [
      `Imported from event ${event}. See [the event](https://misp.example/events/view/${event}).`,
      table({
        Event: event,
        Cluster: campaign.name,
        'Threat level': random.pick(['Low', 'Medium', 'High']),
        Analysis: random.pick(['Initial', 'Ongoing', 'Completed']),
        Attributes: indicators.length,
      }),
      '## Indicators',
      bullets(...indicators.map(({ dataType, data }) => `${dataType}: \`${data}\``)),
      'Sharing is limited by the marking of each attribute.',
    ].join('\n\n'),
    tags: ['misp', `galaxy:${campaign.name}`, 'tlp:amber'],
    severity: random.weighted([
      [1, 30],
      [2, 60],
      [3, 10],
    ]),
    tlp: random.weighted([
      [1, 30],
      [2, 60],
      [3, 10],
    ]),
    template: undefined,
    fields: {},
    observables: indicators,
  }
}
