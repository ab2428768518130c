import { keepCase } from '../semantics/cases.ts'
import { observableKey } from '../state/space.ts'
import type { Alert, Case } from '../state/types.ts'
import { seedCaseStatus, seedStage } from './in-flavour.ts'
import { addSeedObservable, type Place } from './place-alert.ts'
import type { World } from './world.ts'

const count = 20
const day = 24 * 60 * 60 * 1000

const outlines = [
  ['phishing', '[PHISH] Wave of messages from'],
  ['malware', '[MAL] Endpoints talking to'],
  ['account-compromise', '[ACCOUNT] Sign-ins linked to'],
  ['data-leak', '[LEAK] Uploads towards'],
  ['generic', 'Scans and probes by'],
] as const

/** Cases opened within the first ten days after `since`, most of them still open. */
export function seedCases(place: Place, world: World, since: number): Case[] {
  const { state, space, random } = place
  return Array.from({ length: count }, (_, at) => {
    const [caseTemplate, lead] = outlines[at % outlines.length] as (typeof outlines)[number]
    const campaign = world.campaigns[at] ?? random.pick(world.campaigns)
    const createdAt = since + Math.floor(((at + random.next()) / count) * 10 * day)
    const status = random.weighted([
      ['New', 3],
      ['InProgress', 12],
      ['TruePositive', 3],
      ['FalsePositive', 2],
    ])
    const closed = seedStage(status) === 'Closed' ? createdAt + 2 * day : undefined
    const opened: Case = {
      ...state.stamps('ana@acme.example', createdAt),
      kind: 'case',
      organisation: space.organisation,
      number: state.newCaseNumber(),
      title: `${lead} ${campaign.name}`,
      description: `Everything that belongs to **${campaign.name}** goes here.\n\nFirst seen: ${campaign.domains[0]}`,
      ...{
        severity: random.int(2, 3),
        tlp: 2,
        pap: 2,
        startDate: createdAt,
        endDate: closed,
        flag: at % 7 === 0,
      },
      ...{ tags: [`campaign:${campaign.name}`], summary: undefined, ...seedCaseStatus(state.server, status) },
      ...{ assignee: random.pick(['ana@acme.example', 'ben@acme.example']), caseTemplate, customFields: [] },
      stageDates: { newDate: createdAt, inProgressDate: createdAt + 60_000, closedDate: closed },
      ...{ observables: [], comments: [], procedures: [], attachments: [], tasks: [], pages: [], alerts: [] },
    }
    keepCase(place, opened)
    for (const data of new Set(campaign.domains))
      addSeedObservable(place, opened, { dataType: 'domain', data, ioc: true })
    for (const data of new Set(campaign.addresses))
      addSeedObservable(place, opened, { dataType: 'ip', data, ioc: true })
    return opened
  })
}

/** Links an imported alert as a merge would have, its new observables copied. */
export function linkToCase(place: Place, alert: Alert, target: Case): void {
  alert.caseId = target.id
  target.alerts.push(alert)
  const known = new Set(target.observables.map(observableKey))
  for (const observable of alert.observables) {
    if (observable.data === undefined || known.has(observableKey(observable))) continue
    const { dataType, data, ioc, tags } = observable
    addSeedObservable(place, target, { dataType, data, ioc, tags })
  }
}
