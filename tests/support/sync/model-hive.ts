import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import type { Alert, AlertChange } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { ItemResult, TheHiveServer } from '#main/thehive/port.ts'
import { editedTags } from '#main/domain/edited-tags.ts'
import { aCase, anAlert } from '../make.ts'
import { modelChildren } from './model-children.ts'

/** When a planned failure strikes: before the write took hold, or after it did and the answer was lost. */
export type PlannedFailure = {
  when: 'before' | 'after'
  kind: ErrorKind
  sent?: boolean
  retryAfterMs?: number
  /** The server's own answer; absent: none came. */
  status?: number
}

/** What a model needs to count effects, fail on plan and tell time. */
export type ModelWorld = {
  login: string
  write: <T>(effect: string, apply: () => T) => Promise<T>
  read: <T>(value: T) => Promise<T>
  newId: () => string
  tick: () => number
}

/** Without what is absent: a planned undefined must not erase a field. */
const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>

const shownEdit = ({ addTags: _a, removeTags: _r, assignee: _n, ...fields }: AlertChange): string =>
  JSON.stringify(fields)

/**
 * A server as the port describes it, in memory, that counts how often each write took hold. Each write method consults
 * `plan` first: one entry a write, in order.
 */
export function modelHive(login = 'ana') {
  const alerts = new Map<string, Alert>([['~1', anAlert()]])
  const cases = new Map<string, Case>()
  const effects: string[] = []
  const plan: (PlannedFailure | undefined)[] = []
  /** One entry a read of an alert, in order: how it fails. */
  const readPlan: (PlannedFailure | undefined)[] = []
  /** Ids that bulk writes refuse. */
  const refused = new Set<string>()
  /** Sizes of the bulk writes, in order. */
  const requests: number[] = []
  const reads: string[] = []
  /** Alerts as lists still show them, where the server's lists lag behind; undefined inside: not at all. */
  const lag: [string, Alert | undefined][] = []
  const atOnce = {
    updateAlerts: () => limit.now,
    deleteAlerts: 100,
    mergeMany: 50,
    updateObservables: () => 100,
  }
  const limit = { now: 100 }
  let number = 100
  let now = 10_000

  const fail = ({ kind, sent = kind !== 'offline', ...answer }: PlannedFailure) => {
    const { retryAfterMs, status } = answer
    return new ForagerError(kind, `planned ${kind}`, {
      details: { sent, ...given({ retryAfterMs, status }) },
    })
  }
  const world: ModelWorld = {
    login,
    write: (effect, apply) => {
      const planned = plan.shift()
      if (planned?.when === 'before') return Promise.reject(fail(planned))
      const value = apply()
      effects.push(effect)
      return planned === undefined ? Promise.resolve(value) : Promise.reject(fail(planned))
    },
    read: (value) => Promise.resolve(structuredClone(value)),
    newId: () => `~${(number += 1)}`,
    tick: () => (now += 1),
  }
  const { write, read } = world
  /** One request: one entry of the plan. Ids in `refused` are refused, each for itself. */
  const writeMany = (ids: readonly string[], apply: (id: string) => string): Promise<ItemResult[]> => {
    requests.push(ids.length)
    const planned = plan.shift()
    if (planned?.when === 'before') return Promise.reject(fail(planned))
    const results = ids.map((id): ItemResult => {
      if (refused.has(id)) return { id, error: { kind: 'rejected', message: `no ${id}` } }
      effects.push(apply(id))
      return { id }
    })
    return planned === undefined ? Promise.resolve(results) : Promise.reject(fail(planned))
  }
  const must = (id: string): Alert => {
    const alert = alerts.get(id)
    if (alert === undefined) throw new ForagerError('not-found', 'no such alert')
    return alert
  }
  const listed = (id: string) => {
    const late = lag.find(([lateId]) => lateId === id)
    return late === undefined ? alerts.get(id) : late[1]
  }
  const change = (id: string, over: Partial<Alert>) =>
    alerts.set(id, { ...must(id), ...over, updatedAt: world.tick(), updatedBy: login })
  const edited = (id: string, { addTags, removeTags, assignee: _n, ...fields }: AlertChange) =>
    change(id, {
      ...(given(fields) as Partial<Alert>),
      tags: editedTags(must(id).tags, { addTags, removeTags }),
    })
  const opened = (id: string, over: Partial<Case> = {}): Case => {
    const made = cases.get(id) ?? aCase({ ...over, id, number, createdBy: login, createdAt: now })
    cases.set(id, made)
    return made
  }
  const link = (id: string, caseId: string): Case => {
    change(id, { caseId, stage: 'Imported', status: 'Imported' })
    return opened(caseId)
  }
  const children = modelChildren(world)

  const server = {
    ...children.server,
    atOnce,
    session: { login } as TheHiveServer['session'],
    alert: (id: string) => {
      reads.push(`alert ${id}`)
      const planned = readPlan.shift()
      if (planned !== undefined) return Promise.reject(fail(planned))
      const isKey = (one: Alert) => `${one.type};${one.source};${one.sourceRef}` === id
      return read(alerts.get(id) ?? [...alerts.values()].find(isKey))
    },
    case: (id: string) => read(cases.get(id)),
    alertsById: (ids) => {
      reads.push(`alerts ${ids.length}`)
      const planned = readPlan.shift()
      if (planned !== undefined) return Promise.reject(fail(planned))
      const there = ids.flatMap((id) => listed(id) ?? [])
      return read({ alerts: there, lagging: lag.length > 0 })
    },
    cases: () => read([...cases.values()]),
    createAlert: (input, inline) =>
      write(`create ${input.sourceRef}`, () => {
        const count = inline.values.length + inline.files.length
        const fields = given(input) as Partial<Alert>
        const made = anAlert({ ...fields, id: world.newId(), createdBy: login, observableCount: count })
        alerts.set(made.id, made)
        children.addInline(inline)
        return made
      }),
    updateAlert: (id, edit) => write(`update ${id} ${shownEdit(edit)}`, () => void edited(id, edit)),
    updateAlerts: (ids, edit) =>
      writeMany(ids, (id) => {
        edited(id, edit)
        return `update ${id} ${shownEdit(edit)}`
      }),
    deleteAlerts: (ids) =>
      writeMany(ids, (id) => {
        alerts.delete(id)
        return `delete ${id}`
      }),
    mergeMany: (ids, caseId) => {
      const elsewhere = ids.some((id) => must(id).caseId !== undefined)
      if (elsewhere) return Promise.reject(new ForagerError('rejected', 'one is in a case already'))
      return writeMany(ids, (id) => {
        link(id, caseId)
        return `merge ${id} ${caseId}`
      }).then(() => opened(caseId))
    },
    markRead: (id, mark) => write(`read ${id} ${mark}`, () => void change(id, { read: mark })),
    follow: (id, follow) => write(`follow ${id} ${follow}`, () => void change(id, { follow })),
    deleteAlert: (id) => write(`delete ${id}`, () => void alerts.delete(id)),
    promote: (id) => write(`promote ${id}`, () => link(id, world.newId())),
    merge: (id, caseId) => write(`merge ${id} ${caseId}`, () => link(id, caseId)),
    importInto: (id, caseId) => write(`import ${id} ${caseId}`, () => link(id, caseId)),
    unlink: (id, caseId) =>
      write(`unlink ${id} ${caseId}`, () => {
        const { caseId: _left, ...alert } = must(id)
        alerts.set(id, { ...alert, stage: 'New', status: 'New' })
      }),
    updateObservables: (_id, ids, change) => {
      const [first] = ids
      return writeMany(ids, (id) => {
        children.changeObservable(id, change)
        return `update-observable ${id} ${first}`
      })
    },
    createCase: (input) =>
      write(`create-case ${input.title}`, () => opened(world.newId(), given(input) as Partial<Case>)),
    updateCase: (id, { addTags, removeTags, assignee: _n, ...fields }) =>
      write(`update-case ${id} ${JSON.stringify({ ...fields, addTags, removeTags })}`, () => {
        const known = opened(id)
        const tags = editedTags(known.tags, { addTags, removeTags })
        cases.set(id, { ...known, ...(given(fields) as Partial<Case>), tags, updatedAt: world.tick() })
      }),
  } satisfies Partial<TheHiveServer>
  return {
    server: server as unknown as TheHiveServer,
    ...{ alerts, cases, effects, plan, readPlan, change, refused, requests, reads, lag, limit },
    observables: children.observables,
    comments: children.comments,
    procedures: children.procedures,
    attachments: children.attachments,
  }
}
