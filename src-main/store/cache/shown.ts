import type { Alert } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { fold } from '../../domain/fold.ts'
import { alertJson, parseStored } from './alert-json.ts'
import type { StoredAlert } from './alert-table.ts'
import { readyAlert } from './ready-rows.ts'
import type { Tables } from './tables.ts'
import type { WriteScope } from './write-scope.ts'

/** The newest server state of a row, as text; undefined for what only this machine has. */
export function baseText(row: StoredAlert): string | undefined {
  return row.pending === 1 ? (row.base ?? undefined) : row.body
}

export function baseOf(row: StoredAlert): Alert | undefined {
  const text = baseText(row)
  return text === undefined ? undefined : parseStored<Alert>(text)
}

type Shown = {
  id: string
  base: Alert | undefined
  operations: readonly Operation[]
  fetchedAt: number | null
}

/** Writes what is shown of one alert: pending operations laid over its base. Answers whether that changed anything to see. */
export function show(tables: Tables, scope: WriteScope, { id, base, operations, fetchedAt }: Shown): boolean {
  const row = tables.alerts.find(id)
  const effective = fold(base, operations)
  if (effective.alert === undefined) {
    if (row !== undefined) scope.remove(row)
    return row !== undefined
  }
  const pending = operations.length > 0
  const after = {
    ready: readyAlert(effective.alert),
    base: pending && base !== undefined ? alertJson(base) : null,
    pending,
    fetchedAt,
  }
  const pk = row?.pk ?? scope.insert([after])[0]
  if (row !== undefined) scope.update(row, after)
  if (pk === undefined) throw new Error('A new row has no key')
  if (pending || row?.pending === 1) {
    tables.comments.replace(pk, effective.comments, 1)
    tables.procedures.replace(pk, effective.procedures, 1)
    tables.attachments.replace(pk, effective.attachments, 1)
    tables.edits.replace(pk, effective.edits)
    tables.cases.replacePromised(pk, effective.cases)
    if (tables.observables.replace(pk, effective.observables, 1)) scope.touchText(pk)
  }
  return row === undefined || row.body !== after.ready.body || pending !== (row.pending === 1)
}

/** Lays the pending operations anew over a base that stays as it is. */
export function refold(
  tables: Tables,
  scope: WriteScope,
  { id, operations }: { id: string; operations: readonly Operation[] },
): void {
  const row = tables.alerts.find(id)
  const base = row === undefined ? undefined : baseOf(row)
  show(tables, scope, { id, base, operations, fetchedAt: row?.fetchedAt ?? null })
}
