import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { aCase, anAlert, plainMarks } from '../make.ts'

/** When a planned failure strikes: before the write took hold, or after it did and the answer was lost. */
export type PlannedFailure = { when: 'before' | 'after'; kind: ErrorKind; sent?: boolean }

/**
 * A server as the port describes it, in memory, that counts how often each write took hold. Each write method consults
 * `plan` first: one entry a write, in order.
 */
export function modelHive(login = 'ana') {
  const alerts = new Map<string, Alert>([['~1', anAlert()]])
  const comments: Comment[] = []
  const observables: Observable[] = []
  const effects: string[] = []
  const plan: (PlannedFailure | undefined)[] = []
  /** One entry a read of an alert, in order: how it fails. */
  const readPlan: (PlannedFailure | undefined)[] = []
  let number = 100
  let now = 10_000

  const fail = ({ kind, sent = kind !== 'offline' }: PlannedFailure) =>
    new ForagerError(kind, `planned ${kind}`, { details: { sent } })
  const write = <T>(effect: string, apply: () => T): Promise<T> => {
    const planned = plan.shift()
    if (planned?.when === 'before') return Promise.reject(fail(planned))
    const value = apply()
    effects.push(effect)
    return planned === undefined ? Promise.resolve(value) : Promise.reject(fail(planned))
  }
  const read = <T>(value: T): Promise<T> => Promise.resolve(structuredClone(value))
  const must = (id: string): Alert => {
    const alert = alerts.get(id)
    if (alert === undefined) throw new ForagerError('not-found', 'no such alert')
    return alert
  }
  const change = (id: string, over: Partial<Alert>) =>
    alerts.set(id, { ...must(id), ...over, updatedAt: (now += 1), updatedBy: login })

  const server = {
    session: { login } as TheHiveServer['session'],
    alert: (id: string) => {
      const planned = readPlan.shift()
      if (planned !== undefined) return Promise.reject(fail(planned))
      const byKey = [...alerts.values()].find((one) => `${one.type};${one.source};${one.sourceRef}` === id)
      return read(alerts.get(id) ?? byKey)
    },
    observables: () => read(observables),
    comments: () => read(comments),
    case: (id: string) => read(aCase({ id, createdAt: now, createdBy: login })),
    createAlert: (input) =>
      write(`create ${input.sourceRef}`, () => {
        const made = anAlert({ ...(input as Partial<Alert>), id: `~${(number += 1)}`, createdBy: login })
        alerts.set(made.id, made)
        return made
      }),
    updateAlert: (id, { addTags: _a, removeTags: _r, assignee: _n, ...fields }) =>
      write(`update ${id} ${JSON.stringify(fields)}`, () => void change(id, fields as Partial<Alert>)),
    promote: (id) =>
      write(`promote ${id}`, () => {
        const made = aCase({ id: `~${(number += 1)}`, number, createdBy: login, createdAt: now })
        change(id, { caseId: made.id, stage: 'Imported', status: 'Imported' })
        return made
      }),
    merge: (id, caseId) =>
      write(`merge ${id} ${caseId}`, () => {
        change(id, { caseId, stage: 'Imported', status: 'Imported' })
        return aCase({ id: caseId })
      }),
    addComment: (id, message) =>
      write(`comment ${id} ${message}`, () => {
        const made = {
          id: `~${(number += 1)}`,
          message,
          createdAt: (now += 1),
          createdBy: login,
          edited: false,
        }
        comments.push(made)
        return made
      }),
    addValues: (id, { values }) =>
      write(`values ${id} ${values.map(({ data }) => data).join(',')}`, () => {
        const added = values.map((value) => ({
          ...{ ...value, ...plainMarks, id: `~${(number += 1)}` },
          ...{ ignoreSimilarity: false, createdAt: now, createdBy: login },
        }))
        observables.push(...added)
        return { added: added, failed: [] }
      }),
  } satisfies Partial<TheHiveServer>
  return {
    server: server as unknown as TheHiveServer,
    alerts,
    comments,
    observables,
    effects,
    plan,
    readPlan,
    change,
  }
}
