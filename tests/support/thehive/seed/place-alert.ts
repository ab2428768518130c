import { keepAlert } from '../semantics/alerts.ts'
import { applyCustomFields } from '../semantics/custom-fields.ts'
import type { HiveState } from '../state/hive-state.ts'
import type { Space } from '../state/space.ts'
import type { Alert, Attachment, Comment, Observable, Parent } from '../state/types.ts'
import { seedAlertStatus, seedStage, seedTlp } from './in-flavour.ts'
import type { Random } from './random.ts'
import type { SeedAlert, SeedObservable } from './scenario.ts'

export type Place = { state: HiveState; space: Space; random: Random; now: number }

const feeder = 'feeder@acme.example'
const analysts = ['ana@acme.example', 'ben@acme.example'] as const
const hour = 60 * 60 * 1000

const statuses = [
  ['New', 780],
  ['InProgress', 60],
  ['Pending', 20],
  ['Imported', 50],
  ['Ignored', 50],
  ['FalsePositive', 30],
  ['Duplicated', 10],
] as const

const notes = [
  'Looks like the same sender as last week.',
  'Asked the user, waiting for an answer.',
  'Known scanner of a partner, see the **allow list**.',
  'Same hash as in the open case; merging would be fine.',
] as const

/** Gives a drafted alert its life: stamps, status, assignee, comments. `createdAt` in ms. */
export function placeAlert(place: Place, draft: SeedAlert, at: { createdAt: number; number: number }): Alert {
  const { state, space, random } = place
  const { createdAt } = at
  const status = random.weighted(statuses)
  const stage = seedStage(status)
  const touched = stage !== 'New' || random.chance(0.3)
  const updatedAt = touched ? Math.min(place.now - 1000, createdAt + random.int(1, 48 * hour)) : undefined
  const analyst = random.pick(analysts)
  const { type, source } = draft
  const reference = { type, source, sourceRef: `${draft.prefix}-${String(at.number).padStart(6, '0')}` }
  const alert: Alert = {
    ...state.alertStamps(reference, feeder, createdAt),
    kind: 'alert',
    organisation: space.organisation,
    ...reference,
    ...{ title: draft.title, description: draft.description, tags: draft.tags },
    ...seedAlertStatus(state.server, status),
    ...{ severity: draft.severity, tlp: seedTlp(state.server, draft.tlp), pap: 2, follow: true },
    externalLink: random.chance(0.2) ? `https://console.example/${draft.type}/${random.hex(12)}` : undefined,
    date: createdAt - random.int(0, 2 * hour),
    assignee: stage === 'New' ? (random.chance(0.05) ? analyst : undefined) : analyst,
    summary: stage === 'Closed' && random.chance(0.4) ? 'Checked, nothing to do.' : undefined,
    caseId: undefined,
    caseTemplate: random.chance(0.3) ? draft.template : undefined,
    customFields: fieldsOf(state, draft),
    stageDates: datesOf(stage, createdAt, updatedAt),
    ...{ observables: [], comments: [], procedures: [], attachments: [] },
  }
  alert.updatedAt = updatedAt
  alert.updatedBy = touched ? analyst : undefined
  keepAlert(place, alert)
  if (!random.chance(0.06)) addDistinct(place, alert, draft.observables)
  const isNoted = updatedAt !== undefined && random.chance(0.12)
  // Older servers have no comments on alerts.
  if (isNoted && state.server.flavour === 'thehive5') addNote(place, alert, updatedAt)
  return alert
}

function addDistinct(place: Place, alert: Alert, drafts: readonly SeedObservable[]): void {
  const distinct = new Map(drafts.map((draft) => [`${draft.dataType} ${draft.data}`, draft]))
  for (const draft of distinct.values()) addSeedObservable(place, alert, draft)
}

function fieldsOf(state: HiveState, draft: SeedAlert) {
  const entries = Object.entries(draft.fields).map(([name, value]) => ({ name, value }))
  return entries.length === 0 ? [] : applyCustomFields(state, [], { form: 'list', entries })
}

function datesOf(stage: string, newDate: number, updatedAt: number | undefined): Alert['stageDates'] {
  return {
    newDate,
    inProgressDate: stage === 'InProgress' ? updatedAt : undefined,
    closedDate: stage === 'Closed' ? updatedAt : undefined,
    importedDate: stage === 'Imported' ? updatedAt : undefined,
  }
}

function addNote({ state, space, random }: Place, alert: Alert, at: number): void {
  const stamps = state.stamps(alert.updatedBy ?? feeder, at)
  const comment: Comment = {
    ...stamps,
    kind: 'comment',
    parent: alert,
    message: random.pick(notes),
    external: false,
  }
  alert.comments.push(state.keep(comment))
  space.comments.add(comment)
}

/** Gives `parent` the observable with the parent's own creation stamp; the caller sees to duplicates. */
export function addSeedObservable(place: Place, parent: Parent, draft: SeedObservable): Observable {
  const { state, space } = place
  const stamps = state.stamps(parent.createdBy, parent.createdAt)
  const isFile = draft.dataType === 'file'
  const observable: Observable = {
    ...stamps,
    kind: 'observable',
    parent,
    dataType: draft.dataType,
    data: isFile ? undefined : draft.data,
    attachment: isFile ? storeText(place, parent, draft) : undefined,
    message: draft.message,
    ...{ tlp: parent.tlp, pap: parent.pap, tags: draft.tags ?? [], ioc: draft.ioc ?? false },
    ...{ sighted: false, sightedAt: undefined, ignoreSimilarity: draft.tags?.includes('internal') ?? false },
    external: false,
  }
  parent.observables.push(state.keep(observable))
  space.addObservable(observable)
  return observable
}

function storeText({ state }: Place, parent: Parent, draft: SeedObservable): Attachment {
  return state.keep<Attachment>({
    ...state.stamps(parent.createdBy, parent.createdAt),
    kind: 'attachment',
    organisation: parent.organisation,
    name: draft.fileName ?? 'file.txt',
    contentType: 'message/rfc822',
    blob: state.blobs.put(Buffer.from(draft.data)),
    external: false,
  })
}
