import type { Alert } from '#shared/model/alert.ts'
import { parseStored } from './alert-json.ts'
import type { StoredAlert } from './alert-table.ts'
import type { PendingMirror } from './pending-mirror.ts'
import { readyAlert } from './ready-rows.ts'
import { baseOf, baseText, show } from './shown.ts'
import type { Tables } from './tables.ts'
import type { WriteScope } from './write-scope.ts'

type Ground = { tables: Tables; mirror: PendingMirror }
type Ids = { localId: string; serverId: string }

/** An alert made here has its server id now. The row keeps its key, so that selections and lists stay where they are. */
export function resolveAlert(
  { tables, mirror }: Ground,
  scope: WriteScope,
  { localId, serverId }: Ids,
): void {
  const local = tables.alerts.find(localId)
  if (local === undefined) return
  const server = tables.alerts.find(serverId)
  const base = server === undefined ? undefined : baseOf(server)
  if (server !== undefined) {
    tables.observables.move(server.pk, local.pk)
    tables.comments.move(server.pk, local.pk)
    tables.procedures.move(server.pk, local.pk)
    tables.attachments.move(server.pk, local.pk)
    scope.remove(server)
    scope.touchText(local.pk)
  }
  rewrite(scope, local, (alert) => ({ ...alert, id: serverId }))
  if (base === undefined) return
  show(tables, scope, {
    id: serverId,
    base,
    operations: mirror.get(serverId),
    fetchedAt: server?.fetchedAt ?? null,
  })
}

/** A case promised here has its server id now: the case, and every alert that leads to it, carry the new one. */
export function resolveCase({ tables }: Ground, scope: WriteScope, { localId, serverId }: Ids): void {
  tables.cases.rename(localId, serverId)
  for (const row of tables.alerts.ofCase(localId))
    rewrite(scope, row, (alert) => ({ ...alert, caseId: serverId }))
}

/** Changes what is stored of an alert, base and shown alike, without folding. */
function rewrite(scope: WriteScope, row: StoredAlert, change: (alert: Alert) => Alert): void {
  const base = baseText(row)
  scope.update(row, {
    ready: readyAlert(change(parseStored<Alert>(row.body))),
    base: row.pending === 1 && base !== undefined ? base : null,
    pending: row.pending === 1,
    fetchedAt: row.fetchedAt,
  })
}
