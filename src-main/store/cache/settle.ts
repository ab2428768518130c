import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert } from '#shared/model/alert.ts'
import type { CaseTemplate } from '#shared/model/catalog.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { Operation } from '#shared/model/operation.ts'
import { applyEdits } from '../../domain/child-edits.ts'
import type { ChildEntity, Children } from '../../domain/child-edits.ts'
import { fold } from '../../domain/fold.ts'
import type { Effective } from '../../domain/fold.ts'
import { foldCase, isAboutCase } from '../../domain/fold-case.ts'
import { promisedTasks } from '../../domain/promised-tasks.ts'
import { promisedCaseId } from '../../domain/target.ts'
import type { Connection } from '../open-database.ts'
import type { CacheWriter } from '../ports.ts'
import { parseStored } from './alert-json.ts'
import type { StoredAlert } from './alert-table.ts'
import { settledCase } from './case-table.ts'
import type { PendingMirror } from './pending-mirror.ts'
import { baseOf, show } from './shown.ts'
import type { Tables } from './tables.ts'
import type { WriteScope } from './write-scope.ts'

type Wanted = { id: string; operations: readonly Operation[]; templates: readonly CaseTemplate[] }
type Twins = ReturnType<CacheWriter['settle']>
type Settling = { id: string; fresh: readonly Operation[]; waiting: readonly Operation[] }

/**
 * A workspace without a server: the operations become the base. Each takes hold once, also when it comes again after a crash
 * between this file and the outbox. Throws `not-found` when what they are about neither exists nor is created by them.
 */
export function createSettle(db: Connection, { tables, mirror }: { tables: Tables; mirror: PendingMirror }) {
  const isSettled = db.prepare<[string], number>('SELECT 1 FROM settled WHERE operation_id = ?').pluck()
  const note = db.prepare<[string]>('INSERT INTO settled (operation_id) VALUES (?)')

  const settleFresh = (scope: WriteScope, { id, operations, templates }: Wanted): void => {
    const taken = new Set(operations.map((one) => one.id))
    const waiting = mirror.get(id).filter((one) => !taken.has(one.id))
    mirror.set(id, waiting)
    const fresh = operations.filter((one) => isSettled.get(one.id) === undefined)
    if (fresh.length === 0) return
    if (fresh.some(isAboutCase)) settleCase(tables, id, fresh)
    else settleAlert(tables, scope, { id, fresh, waiting })
    for (const one of fresh) {
      keepTasks(tables, one, templates)
      note.run(one.id)
    }
  }

  return {
    settle(scope: WriteScope, wanted: Wanted): Twins {
      settleFresh(scope, wanted)
      return twinsOf(tables, wanted)
    },
    unsettled: (ids: readonly string[]) => ids.filter((id) => isSettled.get(id) === undefined),
  }
}

/** Of what was already there, the one that stays: told as often as it is asked, for a crash may come before it is known for good. */
function twinsOf({ alerts, observables }: Tables, { id, operations }: Wanted): Twins {
  const row = alerts.find(id)
  const added = row === undefined ? [] : fold(baseOf(row), operations).observables
  if (row === undefined || added.length === 0) return []
  const stays = observables.settled(row.pk)
  return added.flatMap((one) => {
    const there = stays.find((other) => isSame(one, other))
    return there === undefined || there.id === one.id ? [] : [[one.id, there.id] as const]
  })
}

/** Of the case that the decision made, if it made one. */
function keepTasks({ alerts, tasks }: Tables, operation: Operation, templates: Wanted['templates']): void {
  const caseId = promisedCaseId(operation)
  if (caseId === undefined) return
  const row = alerts.find(operation.alertId)
  tasks.replace(caseId, promisedTasks(operation, { alert: row && baseOf(row), templates }))
}

function settleCase(tables: Tables, id: string, fresh: readonly Operation[]): void {
  const known = tables.cases.baseOf(id)
  const settled = foldCase(known, fresh)
  if (settled === undefined) throw new ForagerError('not-found', 'This case is not in the workspace.')
  if (known?.number === undefined) {
    tables.cases.remove(id)
    tables.cases.openNumbered(settled)
  } else tables.cases.upsert([{ ...settledCase(settled), updatedAt: fresh.at(-1)?.createdAt }])
}

function settleAlert(tables: Tables, scope: WriteScope, { id, fresh, waiting }: Settling): void {
  const row = tables.alerts.find(id)
  const effective = fold(row === undefined ? undefined : baseOf(row), fresh)
  if (effective.alert === undefined)
    throw new ForagerError('not-found', 'This alert is not in the workspace.')
  if (effective.alert.going === true) return void (row !== undefined && scope.remove(row))
  const known = row === undefined ? [] : tables.observables.settled(row.pk)
  const left = applyEdits('observable', known, effective.edits)
  const added = effective.observables.filter((one) => !left.some((other) => isSame(one, other)))
  const observables = [...left, ...added]
  const base: Alert = {
    ...effective.alert,
    observableCount: observables.length,
    ...(row !== undefined && { updatedAt: fresh.at(-1)?.createdAt, updatedBy: fresh.at(-1)?.author }),
  }
  show(tables, scope, { id, base, operations: waiting, fetchedAt: null })
  keep({ tables, scope, id, row }, { ...effective, observables })
}

type Keeping = { tables: Tables; scope: WriteScope; id: string; row: StoredAlert | undefined }

/** What the operations add or change beside the alert stays, and is no longer pending. */
function keep({ tables, scope, id, row }: Keeping, effective: Effective): void {
  const pk = tables.alerts.pkOf(id)
  if (pk === undefined) throw new ForagerError('bug', 'A settled alert has no row.')
  if (tables.observables.replace(pk, effective.observables.map(settled), 0)) scope.touchText(pk)
  const kept = <E extends ChildEntity>(
    entity: E,
    stored: readonly string[],
    added: readonly Children[E][],
  ) => [
    ...applyEdits(
      entity,
      stored.map((body) => parseStored<Children[E]>(body)),
      effective.edits,
    ),
    ...added.map(settled),
  ]
  const before = row?.pk ?? pk
  const { comments, procedures, attachments } = tables
  comments.replace(pk, kept('comment', comments.settled(before), effective.comments), 0)
  procedures.replace(pk, kept('procedure', procedures.settled(before), effective.procedures), 0)
  attachments.replace(pk, kept('attachment', attachments.settled(before), effective.attachments), 0)
  for (const opened of effective.cases) tables.cases.openNumbered(opened)
}

/** Natural key of an observable within one alert. */
function isSame(one: Observable, other: Observable): boolean {
  if (one.dataType !== other.dataType) return false
  if (one.attachment !== undefined) return one.attachment.sha256 === other.attachment?.sha256
  return one.data === other.data
}

function settled<T extends { pending?: boolean | undefined }>({ pending: _, ...rest }: T): T {
  return rest as T
}
