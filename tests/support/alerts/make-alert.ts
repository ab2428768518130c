import type { Alert } from '#shared/model/alert.ts'
import type { Pap, Severity, Stage, Tlp } from '#shared/model/scales.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { Random } from './random.ts'
import { closings, domains, hosts, people, sensors } from './words.ts'
import type { Sensor } from './words.ts'

const newest = Date.UTC(2026, 0, 31)
const minuteMs = 60_000
const stages: readonly (readonly [Stage, string])[] = [
  ['New', 'New'],
  ['New', 'New'],
  ['New', 'New'],
  ['InProgress', 'InProgress'],
  ['Closed', 'FalsePositive'],
  ['Closed', 'Ignored'],
  ['Closed', 'Duplicated'],
  ['Imported', 'Imported'],
]

/** The i-th alert of a queue, newest first: about 1.6 KB as JSON, the same for the same generator state. */
export function makeAlert(random: Random, i: number): Alert {
  const sensor = random.pick(sensors)
  const [stage, status] = random.pick(stages)
  const date = newest - i * minuteMs - random.below(minuteMs)
  const seen = random.next() < 0.6
  return {
    id: `~${1_000_000 + i * 4096}`,
    type: sensor.type,
    source: random.pick(sensor.sources),
    sourceRef: `${sensor.type}-${(1_000_000 + i).toString(36)}-${random.below(10_000)}`,
    title: `${random.pick(sensor.titles)} on ${random.pick(hosts)}`,
    description: describe(random, sensor),
    severity: random.pick<Severity>([1, 1, 2, 2, 2, 3, 3, 4]),
    tlp: random.pick<Tlp>(['clear', 'green', 'amber', 'amber', 'amber-strict', 'red']),
    pap: random.pick<Pap>(['clear', 'green', 'amber', 'red']),
    date,
    tags: [...new Set([random.pick(sensor.tags), random.pick(sensor.tags), `site-${random.below(40)}`])],
    status,
    stage,
    ...(random.next() < 0.3 && { assignee: random.pick(people) }),
    ...(stage === 'Imported' && { caseId: `~${500 + random.below(20)}` }),
    follow: true,
    observableCount: 3,
    customFields: [
      { name: 'business-unit', type: 'string', value: random.pick(['retail', 'plant', 'office']) },
    ],
    createdAt: date + 1_000,
    createdBy: 'feeder@acme.example',
    ...(seen && { updatedAt: date + random.below(600) * minuteMs, updatedBy: random.pick(people) }),
  }
}

function describe(random: Random, sensor: Sensor): string {
  const address = `198.51.100.${random.below(256)}`
  const lines = [
    `**Sensor** ${random.pick(sensor.sources)} saw ${address}:${1024 + random.below(60_000)} at \`${random.pick(hosts)}\`.`,
    '',
    ...sensor.findings.map((finding, n) => `${n + 1}. ${finding}`),
    '',
    '| field | value |',
    '| --- | --- |',
    `| destination | hxxps://${random.pick(domains).replaceAll('.', '[.]')}/p/${random.below(1e9).toString(36)} |`,
    `| process id | ${random.below(65_000)} |`,
    `| session | ${hex(random, 16)} |`,
    '',
    '### What came before',
    ...Array.from({ length: 3 }, () => earlier(random)),
    '',
    random.pick(closings),
    random.pick(closings),
  ]
  return lines.join('\n')
}

function earlier(random: Random): string {
  const clock = `${String(random.below(24)).padStart(2, '0')}:${String(random.below(60)).padStart(2, '0')}`
  const bytes = random.below(1e7)
  return `- ${clock} UTC \`${random.pick(hosts)}\` sent ${bytes} bytes to ${random.pick(domains)} (rule ${hex(random, 8)})`
}

/** Three observables of alert i; values repeat across alerts, as campaigns do. */
export function makeObservables(random: Random, alert: Alert): Observable[] {
  const values: readonly (readonly [string, string])[] = [
    ['ip', `203.0.113.${random.below(256)}`],
    ['domain', `${random.below(500).toString(36)}.${random.pick(domains)}`],
    ['hash', hex(random, 64)],
  ]
  return values.map(([dataType, data], n) => ({
    id: `${alert.id}${n}`,
    dataType,
    data,
    tlp: alert.tlp,
    pap: alert.pap,
    tags: [],
    ioc: random.next() < 0.2,
    sighted: false,
    ignoreSimilarity: false,
    createdAt: alert.createdAt,
    createdBy: alert.createdBy,
  }))
}

function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => random.below(16).toString(16)).join('')
}
