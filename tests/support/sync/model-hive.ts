import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { editedTags } from '#main/domain/edited-tags.ts'
import { aCase, anAlert } from '../make.ts'
import { modelChildren } from './model-children.ts'

/** When a planned failure strikes: before the write took hold, or after it did and the answer was lost. */
export type PlannedFailure = { when: 'before' | 'after'; kind: ErrorKind; sent?: boolean }

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
  let number = 100
  let now = 10_000

  const fail = ({ kind, sent = kind !== 'offline' }: PlannedFailure) =>
    new ForagerError(kind, `planned ${kind}`, { details: { sent } })
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
  const must = (id: string): Alert => {
    const alert = alerts.get(id)
    if (alert === undefined) throw new ForagerError('not-found', 'no such alert')
    return alert
  }
  const change = (id: string, over: Partial<Alert>) =>
    alerts.set(id, { ...must(id), ...over, updatedAt: world.tick(), updatedBy: login })
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
    session: { login } as TheHiveServer['session'],
    alert: (id: string) => {
      const planned = readPlan.shift()
      if (planned !== undefined) return Promise.reject(fail(planned))
      const byKey = [...alerts.values()].find((one) => `${one.type};${one.source};${one.sourceRef}` === id)
      return read(alerts.get(id) ?? byKey)
    },
    case: (id: string) => read(cases.get(id)),
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
    updateAlert: (id, { addTags: _a, removeTags: _r, assignee: _n, ...fields }) =>
      write(`update ${id} ${JSON.stringify(fields)}`, () => void change(id, given(fields) as Partial<Alert>)),
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
    ...{ alerts, cases, effects, plan, readPlan, change },
    observables: children.observables,
    comments: children.comments,
    procedures: children.procedures,
    attachments: children.attachments,
  }
}
