import { createHash } from 'node:crypto'
import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Observable } from '#shared/model/observable.ts'
import { scenarios } from './scenarios.ts'
import type { Pick as Draw } from './scenarios.ts'

export type SampleData = {
  alerts: Alert[]
  observables: { alertId: string; observable: Observable }[]
  cases: Case[]
}

const hosts = ['ws-0117', 'ws-0242', 'srv-files-02', 'srv-mail-01', 'nb-0388']
const users = ['d.reyes', 'm.okafor', 'j.lind', 'a.petrov', 's.tanaka']
const minuteMs = 60_000

/** Sixty alerts of the last two days and two open cases: the same every time, but for `now`. */
export function sampleData(now: number, count = 60): SampleData {
  const data: SampleData = { alerts: [], observables: [], cases: sampleCases(now) }
  for (let index = 0; index < count; index += 1) addAlert(data, index, now)
  return data
}

function addAlert(data: SampleData, index: number, now: number): void {
  const pick = pickFrom(index)
  const scenario = scenarios[pick.number(scenarios.length)]!
  const id = `local:sample-${index}`
  const createdAt = now - (index * 47 + pick.number(30)) * minuteMs
  const common = { tlp: 'amber', pap: 'amber', createdAt, createdBy: 'feed' } as const
  const observables = scenario.observables(pick)
  data.alerts.push({
    ...common,
    ...{ id, type: scenario.type, source: scenario.source, sourceRef: `S-${String(1000 + index)}` },
    title: scenario.title(pick),
    description: scenario.description(pick),
    severity: scenario.severity,
    date: createdAt,
    tags: scenario.tags,
    status: 'New',
    stage: 'New',
    follow: true,
    observableCount: observables.length,
    customFields: [],
  })
  observables.forEach(({ dataType, data: value, ioc = false }, at) => {
    const flags = { tags: [], ioc, sighted: false, ignoreSimilarity: false }
    data.observables.push({
      alertId: id,
      observable: { ...common, ...flags, id: `${id}-${at}`, dataType, data: value },
    })
  })
}

/** Small pools drawn by hash: neighbours differ, indicators recur. */
function pickFrom(index: number): Draw {
  let turn = 0
  const number = (below: number) => {
    turn += 1
    return createHash('sha256').update(`${index}/${turn}`).digest().readUInt32BE(0) % below
  }
  return {
    number,
    host: () => hosts[number(hosts.length)]!,
    user: () => users[number(users.length)]!,
    bad: () => {
      const which = number(7)
      return {
        ip: `203.0.113.${which * 11 + 5}`,
        domain: `account-check-${which}.example`,
        sha256: createHash('sha256').update(`specimen ${which}`).digest('hex'),
      }
    },
  }
}

function sampleCases(now: number): Case[] {
  const opened: (Pick<Case, 'title' | 'tags' | 'severity'> & { hours: number })[] = [
    { title: 'Invoice phishing wave', tags: ['phishing'], severity: 2, hours: 30 },
    { title: 'Loader on a file server', tags: ['malware'], severity: 3, hours: 9 },
  ]
  return opened.map(({ hours, ...rest }, index) => {
    const createdAt = now - hours * 60 * minuteMs
    return {
      ...rest,
      ...{ tlp: 'amber', pap: 'amber', stage: 'InProgress', status: 'InProgress', createdBy: 'analyst' },
      ...{ id: `local:sample-case-${index}`, number: index + 1, startDate: createdAt, createdAt },
      description: 'Opened from the sample data.',
      flag: false,
      customFields: [],
    } as const
  })
}
