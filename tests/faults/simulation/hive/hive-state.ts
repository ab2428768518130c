import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { AlertAttachment, Observable } from '#shared/model/observable.ts'
import type { Procedure } from '#shared/model/procedure.ts'
import type { AuditEntry } from '#main/thehive/port.ts'
import type { World } from '../world.ts'
import { customNames } from './custom-names.ts'
import { Shelf } from './shelf.ts'

/** Two generations that differ in what decides here: read marks and an audit trail, or statuses and neither. */
export type Generation = 'four' | 'five'

/** One write that took hold. */
export type Effect = {
  what: string
  /** Login. */
  by: string
  alertId: string
  /** The thing itself, where it is not the alert. */
  id?: string | undefined
  /** What it was given: fields, words, value or hash. */
  given?: unknown
}

export type On<T> = T & { alertId: string }

/** How the search index of a history lags behind, ms at most. */
export type HiveRules = { generation: Generation; lagMs: number }

/** What the server holds. It shares no rule with Forager; its semantics are TheHive's, as its documentation has them. */
export class HiveState {
  readonly alerts = new Shelf<Alert>()
  readonly cases = new Shelf<Case>()
  readonly observables = new Shelf<On<Observable>>()
  readonly comments = new Map<string, On<Comment>>()
  readonly procedures = new Map<string, On<Procedure>>()
  readonly attachments = new Map<string, On<AlertAttachment>>()
  readonly trail: AuditEntry[] = []
  /** Alerts that lost an observable: no stamp tells of it. */
  readonly thinned = new Set<string>()
  /** Who set a field of an alert or a case last, and when. */
  readonly setBy = new Map<string, { by: string; at: number }>()
  /** Told of every write as it takes hold. */
  onEffect: (effect: Effect) => void = () => undefined
  readonly world: World
  readonly rules: HiveRules
  #ids = 100

  constructor(world: World, rules: HiveRules) {
    this.world = world
    this.rules = rules
  }

  newId(): string {
    return `~${(this.#ids += 8)}`
  }

  newNumber(): number {
    return this.cases.all().length + 1
  }

  /** When a search will see what is written now. */
  visibleAt(): number {
    const { now, random } = { now: this.world.now(), random: this.world.random }
    return now + Math.floor(random.next() * this.rules.lagMs)
  }

  mustAlert(id: string): Alert {
    return found(this.alerts.get(id), 'alert')
  }

  mustCase(id: string): Case {
    return found(this.cases.get(id), 'case')
  }

  /** The change as a write by somebody: stamped, and noted field by field. */
  changeAlert(id: string, by: string, change: Partial<Alert>, drop: readonly (keyof Alert)[] = []): void {
    const before = this.mustAlert(id)
    const now = this.world.now()
    const after: Alert = { ...before, ...change, updatedAt: now, updatedBy: by }
    for (const field of drop) Reflect.deleteProperty(after, field)
    for (const field of [...Object.keys(change), ...drop]) this.noteField(id, field, by)
    this.noteCustom(id, by, { before: before.customFields, after: after.customFields })
    this.alerts.put(id, after, this.visibleAt())
  }

  noteField(id: string, field: string, by: string): void {
    this.setBy.set(`${id} ${field}`, { by, at: this.world.now() })
  }

  noteCustom(id: string, by: string, { before, after }: { before: unknown; after: unknown }): void {
    for (const name of customNames(after, before)) this.noteField(id, `customFields.${name}`, by)
  }

  /** Observables count for their alert without a stamp of its own. */
  recount(alertId: string): void {
    const alert = this.alerts.get(alertId)
    if (alert === undefined) return
    const observableCount = this.observables.all().filter((one) => one.alertId === alertId).length
    if (alert.observableCount !== observableCount)
      this.alerts.put(alertId, { ...alert, observableCount }, this.world.now())
  }

  audit(objectType: 'alert' | 'case', objectId: string, by: string): void {
    const at = this.world.now()
    this.trail.push({ id: this.newId(), action: 'delete', objectType, objectId, by, at, details: {} })
  }
}

/** @throws ForagerError as an adapter does for a 404 */
export function found<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value
  throw new ForagerError('not-found', `No such ${what}.`, { details: { status: 404 } })
}

/** As an adapter answers a 400. */
export const refusal = (why: string): ForagerError =>
  new ForagerError('rejected', why, { details: { status: 400 } })

/** Without what is absent: an undefined must not erase a field. */
export const given = <T extends object>(fields: T): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>

/** Tags after some came and some went; none twice. */
export function retagged(
  tags: readonly string[],
  change: { addTags?: readonly string[] | undefined; removeTags?: readonly string[] | undefined },
): string[] {
  const left = new Set(tags)
  for (const tag of change.removeTags ?? []) left.delete(tag)
  for (const tag of change.addTags ?? []) left.add(tag)
  return [...left]
}
