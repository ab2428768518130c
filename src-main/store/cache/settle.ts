import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { Operation } from '#shared/model/operation.ts'
import { fold } from '../../domain/fold.ts'
import type { Effective } from '../../domain/fold.ts'
import type { Connection } from '../open-database.ts'
import type { PendingMirror } from './pending-mirror.ts'
import { baseOf, show } from './shown.ts'
import type { Tables } from './tables.ts'
import type { WriteScope } from './write-scope.ts'

/**
 * A workspace without a server: the operations become the base. Each takes hold once, also when it comes again after a crash
 * between this file and the outbox. Throws `not-found` when the alert neither exists nor is created by them.
 */
export function createSettle(db: Connection, { tables, mirror }: { tables: Tables; mirror: PendingMirror }) {
  const isSettled = db.prepare<[string], number>('SELECT 1 FROM settled WHERE operation_id = ?').pluck()
  const note = db.prepare<[string]>('INSERT INTO settled (operation_id) VALUES (?)')

  return function settle(scope: WriteScope, alertId: string, operations: readonly Operation[]): void {
    const taken = new Set(operations.map(({ id }) => id))
    const waiting = mirror.get(alertId).filter(({ id }) => !taken.has(id))
    mirror.set(alertId, waiting)
    const fresh = operations.filter(({ id }) => isSettled.get(id) === undefined)
    const last = fresh.at(-1)
    if (last === undefined) return
    const row = tables.alerts.find(alertId)
    const effective = fold(row === undefined ? undefined : baseOf(row), fresh)
    if (effective.alert === undefined)
      throw new ForagerError('not-found', 'This alert is not in the workspace.')
    const known = row === undefined ? [] : tables.observables.settled(row.pk)
    const added = effective.observables.filter((one) => !known.some((other) => isSame(one, other)))
    const base: Alert = {
      ...effective.alert,
      observableCount: known.length + added.length,
      ...(row !== undefined && { updatedAt: last.createdAt, updatedBy: last.author }),
    }
    show(tables, scope, { id: alertId, base, operations: waiting, fetchedAt: null })
    keep(scope, alertId, { ...effective, observables: added })
    for (const { id } of fresh) note.run(id)
  }

  /** What the operations add beside the alert stays, and is no longer pending. */
  function keep(scope: WriteScope, alertId: string, { observables, comments, cases }: Effective): void {
    const pk = tables.alerts.pkOf(alertId)
    if (pk === undefined) throw new ForagerError('bug', 'A settled alert has no row.')
    tables.observables.put(
      observables.map((observable) => ({ alertPk: pk, observable: settled(observable) })),
      0,
    )
    if (observables.length > 0) scope.touchText(pk)
    tables.comments.put(pk, comments.map(settled), 0)
    for (const opened of cases) tables.cases.openNumbered(opened)
  }
}

/** Natural key of an observable within one alert. */
function isSame(one: Observable, other: Observable): boolean {
  if (one.dataType !== other.dataType) return false
  if (one.attachment !== undefined) return one.attachment.sha256 === other.attachment?.sha256
  return one.data === other.data
}

function settled<T extends { pending?: boolean | undefined }>({
  pending: _,
  ...rest
}: T): Omit<T, 'pending'> {
  return rest
}
