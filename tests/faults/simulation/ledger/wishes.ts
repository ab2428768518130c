import type { Operation } from '#shared/model/operation.ts'
import { customNames, customValue } from '../hive/custom-names.ts'
import type { HiveState } from '../hive/hive-state.ts'

/** One thing a decision wants to be so, and whether it is. */
export type Wish = { part: string; holds: boolean }

/** What is judged: the server, or a copy of it. */
export type Holdings = {
  alerts: Pick<HiveState['alerts'], 'get' | 'all'>
  cases: Pick<HiveState['cases'], 'get' | 'all'>
  observables: Pick<HiveState['observables'], 'get' | 'all'>
} & Pick<HiveState, 'comments' | 'procedures' | 'attachments'>

export type Viewer = {
  hive: Holdings
  login: string
  resolve: (id: string) => string
  /** Fields that a later decision sets anew: the earlier one may never have been seen. */
  superseded: ReadonlySet<string>
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one ?? null) === JSON.stringify(other ?? null)

export type Change = Record<string, unknown> & {
  addTags?: string[] | undefined
  removeTags?: string[] | undefined
}

/** Whether an entity is as a change wants it, field by field. */
function fieldWishes(
  entity: object | undefined,
  { base, payload }: { base: Record<string, unknown>; payload: { change: object } },
  { superseded }: Viewer,
): Wish[] {
  const change = payload.change as Change
  const { addTags = [], removeTags = [], customFields, ...plain } = change
  const now = (entity ?? {}) as Record<string, unknown> & { tags?: string[] }
  const is = (field: string, holds: boolean): Wish => ({ part: field, holds: entity !== undefined && holds })
  const fields = Object.entries(plain).filter(([, value]) => value !== undefined)
  const parts = [
    ...fields.map(([name, value]) => is(name, same(now[name], value))),
    ...addTags.map((tag) => is(`+${tag}`, now.tags?.includes(tag) === true)),
    ...removeTags.map((tag) => is(`-${tag}`, now.tags?.includes(tag) !== true)),
    ...editedNames(customFields, base['customFields']).map((name) =>
      is(partOf(name), same(customValue(now['customFields'], name), customValue(customFields, name))),
    ),
  ]
  return parts.filter(({ part }) => !superseded.has(part))
}

/** Custom fields that a change sets, or takes away. */
export const editedNames = (wanted: unknown, seen: unknown): string[] =>
  wanted === undefined ? [] : customNames(wanted, seen)

export const partOf = (name: string): string => `field ${name}`

const one = (holds: boolean): Wish[] => [{ part: 'it', holds }]

/** What a decision wants of the server, judged by what the server holds now. */
export function wishesOf(operation: Operation, viewer: Viewer): Wish[] {
  const { hive, resolve } = viewer
  const id = resolve(operation.alertId)
  const alert = hive.alerts.get(id)
  switch (operation.kind) {
    case 'alert.create':
      return createWishes(operation, viewer)
    case 'alert.update':
      return fieldWishes(alert, operation, viewer)
    case 'alert.read':
      return one(alert !== undefined && (alert.read ?? false) === operation.payload.read)
    case 'alert.follow':
      return one(alert?.follow === operation.payload.follow)
    case 'alert.delete':
      return one(alert === undefined)
    case 'alert.promote':
      return one(alert?.caseId !== undefined)
    case 'alert.merge':
    case 'alert.import':
      return one(alert?.caseId === resolve(operation.payload.caseId))
    case 'alert.unlink':
      return one(alert !== undefined && alert.caseId !== resolve(operation.payload.caseId))
    case 'case.create': {
      const { title } = operation.payload.input
      return one(hive.cases.all().some((found) => found.title === title && found.createdBy === viewer.login))
    }
    case 'case.update':
      return fieldWishes(hive.cases.get(id), operation, viewer)
    default:
      return childWishes(operation, viewer)
  }
}

function createWishes(operation: Extract<Operation, { kind: 'alert.create' }>, viewer: Viewer): Wish[] {
  const { input, values, files } = operation.payload
  const made = viewer.hive.alerts
    .all()
    .find((alert) => alert.sourceRef === input.sourceRef && alert.createdBy === viewer.login)
  const keys = [
    ...values.map(({ dataType, data }) => `${dataType} ${data}`),
    ...files.map(({ attachment }) => `file ${attachment.sha256}`),
  ]
  const there = made === undefined ? new Set<string>() : keysOn(viewer.hive, made.id)
  return [
    { part: 'it', holds: made !== undefined },
    ...keys.map((key) => ({ part: key, holds: there.has(key) })),
  ]
}

/** Type and value, or hash, of what is on an alert. */
export function keysOn(hive: Holdings, alertId: string): Set<string> {
  const on = hive.observables.all().filter((found) => found.alertId === alertId)
  return new Set(on.map((found) => `${found.dataType} ${found.attachment?.sha256 ?? found.data ?? ''}`))
}

type AboutAlert = Extract<Operation, { kind: `alert.${string}` | `case.${string}` }>

function childWishes(operation: Exclude<Operation, AboutAlert>, viewer: Viewer): Wish[] {
  const { hive, login, resolve } = viewer
  const on = resolve(operation.alertId)
  const mine = <T extends { alertId: string; createdBy: string }>(rows: Iterable<T>): T[] =>
    [...rows].filter((row) => row.alertId === on && row.createdBy === login)
  switch (operation.kind) {
    case 'observable.add-values': {
      const there = keysOn(hive, on)
      const keys = operation.payload.values.map(({ dataType, data }) => `${dataType} ${data}`)
      return keys.map((key) => ({ part: key, holds: there.has(key) }))
    }
    case 'observable.add-file': {
      const key = `file ${operation.payload.attachment.sha256}`
      return [{ part: key, holds: keysOn(hive, on).has(key) }]
    }
    case 'observable.update':
      return fieldWishes(hive.observables.get(resolve(operation.payload.observableId)), operation, viewer)
    case 'observable.delete':
      return one(hive.observables.get(resolve(operation.payload.observableId)) === undefined)
    case 'comment.add':
      return one(mine(hive.comments.values()).some(({ message }) => message === operation.payload.message))
    case 'comment.edit': {
      const comment = hive.comments.get(resolve(operation.payload.commentId))
      return viewer.superseded.has('message') ? [] : one(comment?.message === operation.payload.message)
    }
    case 'comment.delete':
      return one(!hive.comments.has(resolve(operation.payload.commentId)))
    case 'procedure.add': {
      const { description } = operation.payload.input
      return one(mine(hive.procedures.values()).some((row) => row.description === description))
    }
    case 'procedure.edit':
      return fieldWishes(hive.procedures.get(resolve(operation.payload.procedureId)), operation, viewer)
    case 'procedure.delete':
      return one(!hive.procedures.has(resolve(operation.payload.procedureId)))
    case 'attachment.add': {
      const { sha256 } = operation.payload.attachment
      return one(mine(hive.attachments.values()).some((row) => row.sha256 === sha256))
    }
    case 'attachment.delete':
      return one(!hive.attachments.has(resolve(operation.payload.attachmentId)))
  }
}
