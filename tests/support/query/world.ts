import fc from 'fast-check'
import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Observable } from '#shared/model/observable.ts'
import { papValues, stages, tlpValues } from '#shared/model/scales.ts'
import type { Severity } from '#shared/model/scales.ts'
import { aCase, anAlert } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'
import type { Vocabulary } from './conditions.ts'

/** Few enough that questions find answers; the odd ones mean something to SQL, to wildcards or to folding. */
const words = [
  ...['mail', 'edr', 'Mail gateway', 'invoice', 'Invoice overdue', 'in', 'Straße', 'ÇA', 'ab*ba', 'aba', '%'],
  ...[
    "it's",
    'a_b',
    '5',
    'true',
    'fp',
    'hxxps://login[.]example/in',
    'https://login.example',
    'x\ny',
    'ΟΔΟΣ',
  ],
]
const values = [
  ...[
    '10.0.0.7',
    '10[.]1[.]2[.]3',
    '110.0.0.7',
    '192.0.2.9',
    '192.0.2.200',
    '2001:db8::7',
    '2001:DB8:1:0::9',
  ],
  ...['evil.example', 'hxxp://evil[.]example/in', 'invoice.xlsm', 'Mail gateway'],
]
const logins = ['ana@acme.example', 'rolf@acme.example']
const customNames = ['business-unit', 'risk', 'due']

/** Noon of a day in winter, so that days are whole whatever the time zone. */
export const worldNow = new Date(2026, 10, 8, 12).getTime()
const hourMs = 3_600_000
const moments = [
  ...['2026-11-06', '2026-11-07T12:00', '-1d', '-3d', '-12h', 'today', 'now', '-1mo', '+1d'],
  // Beyond what the queue has room for.
  ...['1950-01-01', '2300-01-01'],
]

export const plausibleWords: Vocabulary = {
  text: fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(...words, ...values, ...logins, 'New', 'ip', '~502', 'retail', 'string'),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        'i',
        'nv',
        'example',
        'MAIL',
        'login.example',
        '10.0',
        'm*l',
        'in*',
        '*in',
        'i*v*e',
      ),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 3 }) },
  ),
  number: fc.oneof(fc.nat(12), fc.constantFrom(2.5, -1, worldNow)),
  moment: fc.constantFrom(...moments),
  customName: fc.constantFrom(...customNames),
  network: fc.constantFrom(
    '10.0.0.0/8',
    '10.1.0.0/16',
    '192.0.2.0/25',
    '192.0.2.200/32',
    '0.0.0.0/0',
    '2001:db8::/32',
    '::/0',
  ),
}

const word = fc.constantFrom(...words)
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const time = fc.integer({ min: -96, max: 3 }).map((hours) => worldNow + hours * hourMs)
const custom = fc.oneof(
  fc.record({
    name: fc.constant('business-unit'),
    type: fc.constant('string'),
    value: fc.constantFrom('retail', 'plant', '5', 'true'),
  }),
  fc.record({
    name: fc.constant('risk'),
    type: fc.constant('float'),
    value: fc.constantFrom(1, 2.5, 5, 12, null),
  }),
  fc.record({ name: fc.constant('risk'), type: fc.constant('boolean'), value: fc.boolean() }),
  fc.record({ name: fc.constant('due'), type: fc.constant('date'), value: time }),
)

const present = <T extends object>(record: T): Partial<T> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as Partial<T>

const alert: fc.Arbitrary<Partial<Alert>> = fc
  .record({
    ...{ type: word, source: word, title: word, description: word, createdBy: fc.constantFrom(...logins) },
    severity: fc.constantFrom<Severity>(1, 2, 3, 4),
    ...{
      tlp: fc.constantFrom(...tlpValues),
      pap: fc.constantFrom(...papValues),
      stage: fc.constantFrom(...stages),
    },
    ...{ date: time, createdAt: time, updatedAt: maybe(time) },
    tags: fc.uniqueArray(word, { maxLength: 3 }),
    status: fc.constantFrom('New', 'FalsePositive', 'mail'),
    ...{ assignee: maybe(fc.constantFrom(...logins)), summary: maybe(word), externalLink: maybe(word) },
    ...{ caseId: maybe(fc.constantFrom('~501', '~502', '~503')), caseTemplate: maybe(word) },
    ...{ follow: fc.boolean(), read: maybe(fc.boolean()), observableCount: fc.nat(12) },
    customFields: fc.array(custom, { maxLength: 3 }),
  })
  .map(present)

const observable: fc.Arbitrary<Partial<Observable>> = fc.oneof(
  fc.record({ dataType: fc.constantFrom('ip', 'url', 'other'), data: fc.constantFrom(...values) }),
  fc.record({
    dataType: fc.constant('file'),
    data: fc.constant(''),
    attachment: fc.record({
      name: fc.constantFrom(...values),
      size: fc.nat(),
      contentType: word,
      sha256: fc.constant('ab12'.repeat(16)),
    }),
  }),
)

export type World = {
  alerts: Alert[]
  observables: { alertId: string; observable: Observable }[]
  cases: Case[]
}

/** The same alerts every time, with every field a filter can name, present and absent. */
export function randomWorld(count: number, seed = 3): World {
  const drawn = fc.sample(fc.tuple(alert, fc.array(observable, { maxLength: 3 })), { numRuns: count, seed })
  const ids = drawn.map((_, at) => `~${at + 1}`)
  return {
    alerts: drawn.map(([over], at) =>
      anAlert({ ...over, id: ids[at] ?? '', sourceRef: `${words[at % words.length]}-${at}` }),
    ),
    observables: drawn.flatMap(([, own], at) =>
      own.map((over, n) => ({
        alertId: ids[at] ?? '',
        observable: anObservable({ ...over, id: `~o${at}-${n}` }),
      })),
    ),
    // One case is known to the alerts only.
    cases: [aCase({ id: '~501', number: 7 }), aCase({ id: '~502', number: 12 })],
  }
}
