import { ForagerError } from '#shared/errors/forager-error.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { aCase, aComment, anAlert, aProcedure } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'

/** What two analysts work on at once. */
export const entities = ['alert', 'case', 'observable', 'procedure', 'comment'] as const
export type Entity = (typeof entities)[number]
export const ids: Record<Entity, string> = {
  alert: '~1',
  case: '~9',
  observable: '~o1',
  procedure: '~p1',
  comment: '~c1',
}

export type Row = Record<string, unknown>
export type Write = { by: string; entity: Entity; before: Row | undefined; after: Row | undefined }

type Change = Row & { addTags?: string[]; removeTags?: string[] }

/**
 * A server as both see it, in memory: the last write wins, as on TheHive, and every write is told. `loses`: the answer to the
 * next write is lost after it took hold. It shares no rule with the product.
 */
export function sharedServer(told: (write: Write) => void = () => undefined) {
  const rows: Record<Entity, Row | undefined> = {
    alert: { ...anAlert(), summary: 'none', externalLink: 'https://a.example', pap: 'amber' },
    case: { ...aCase(), summary: 'none', impactStatus: 'NoImpact', assignee: 'ana' },
    observable: { ...anObservable({ id: ids.observable }), message: 'seen' },
    procedure: { ...aProcedure({ id: ids.procedure }), tactic: 'none', description: 'by mail' },
    comment: { ...aComment({ id: ids.comment }) },
  }
  const plan = { losesAnswer: false }
  let stamp = 10_000

  const write = (by: string, entity: Entity, after: Row | undefined): Promise<void> => {
    const before = rows[entity]
    if (before === undefined) return Promise.reject(new ForagerError('not-found', 'no such thing'))
    rows[entity] = after === undefined ? undefined : { ...after, updatedBy: by, updatedAt: (stamp += 1) }
    told({ by, entity, before, after: rows[entity] })
    if (!plan.losesAnswer) return Promise.resolve()
    plan.losesAnswer = false
    return Promise.reject(new ForagerError('timeout', 'The answer was lost.', { details: { sent: true } }))
  }
  const patch = (by: string, entity: Entity, change: Change): Promise<void> =>
    write(by, entity, patched(rows[entity] ?? {}, change))
  const read = <T>(entity: Entity): Promise<T> => Promise.resolve(structuredClone(rows[entity]) as T)
  const list = <T>(entity: Entity): Promise<T[]> => {
    const row = structuredClone(rows[entity])
    return Promise.resolve(row === undefined ? [] : [row as T])
  }
  const importedInto = async (by: string, caseId: string) => {
    const { caseId: known } = rows.alert ?? {}
    if (known !== undefined && known !== null)
      return { ...aCase({ id: String(known), createdBy: 'somebody' }) }
    await patch(by, 'alert', { caseId, stage: 'Imported', status: 'Imported' })
    return aCase({ id: caseId, createdBy: by })
  }

  const as = (by: string): TheHiveServer => {
    const each = (ids: readonly string[], act: () => Promise<void>) =>
      act().then(() => ids.map((id) => ({ id })))
    // Gone already counts as done.
    const removeAlert = () => (rows.alert === undefined ? Promise.resolve() : write(by, 'alert', undefined))
    const server = {
      session: { login: by },
      // There is one of each here, so that nothing goes together.
      atOnce: { updateAlerts: () => 1, deleteAlerts: 1, mergeMany: 1, updateObservables: () => 1 },
      alert: () => read('alert'),
      case: (id: string) =>
        id === ids.case ? read('case') : Promise.resolve(aCase({ id, createdBy: `made ${id}` })),
      observables: () => list('observable'),
      procedures: () => list('procedure'),
      comments: () => list('comment'),
      updateAlert: (_: string, change: Change) => patch(by, 'alert', change),
      updateAlerts: (all: readonly string[], change: Change) => each(all, () => patch(by, 'alert', change)),
      markRead: (_: string, read: boolean) => patch(by, 'alert', { read }),
      follow: (_: string, follow: boolean) => patch(by, 'alert', { follow }),
      deleteAlert: removeAlert,
      deleteAlerts: (all: readonly string[]) => each(all, removeAlert),
      promote: () => importedInto(by, `~case-of-${by}`),
      merge: (_: string, caseId: string) => importedInto(by, caseId),
      importInto: (_: string, caseId: string) => importedInto(by, caseId),
      unlink: () => patch(by, 'alert', { caseId: null, stage: 'New', status: 'New' }),
      updateCase: (_: string, change: Change) => patch(by, 'case', change),
      updateObservable: (_: object, change: Change) => patch(by, 'observable', change),
      updateObservables: (_: string, all: readonly string[], change: Change) =>
        each(all, () => patch(by, 'observable', change)),
      deleteObservable: () => write(by, 'observable', undefined),
      editProcedure: (_: string, change: Change) => patch(by, 'procedure', change),
      deleteProcedure: () => write(by, 'procedure', undefined),
      editComment: (_: string, message: string) => patch(by, 'comment', { message }),
      deleteComment: () => write(by, 'comment', undefined),
    }
    return server as unknown as TheHiveServer
  }
  return { rows, plan, as }
}
export type SharedServer = ReturnType<typeof sharedServer>

/** Absent keys stay; null takes a value away; tags are added and taken out one by one. */
function patched(row: Row, { addTags = [], removeTags = [], ...fields }: Change): Row {
  const next: Row = { ...row }
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue
    if (value === null) delete next[name]
    else next[name] = value
  }
  const tags = (row['tags'] ?? []) as string[]
  if (addTags.length + removeTags.length > 0)
    next['tags'] = [
      ...tags.filter((tag) => !removeTags.includes(tag)),
      ...addTags.filter((tag) => !tags.includes(tag)),
    ]
  return next
}
