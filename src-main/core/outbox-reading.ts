import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import type { Operation } from '#shared/model/operation.ts'
import { viewOf } from '../services/operation-views.ts'
import type { TableParts } from './call-table.ts'

type Parts = Pick<TableParts, 'context' | 'files'>

/** The whole detail from the local copy, with what is pending on it in words. */
export async function alertDetail(id: string, { context, files }: Parts): Promise<AlertDetail> {
  const detail = await files.readers.quick.detail(id)
  if (detail === undefined)
    throw new ForagerError('not-found', 'This alert is not in the local copy.', {
      next: 'Go back to the queue; it may have been taken back or deleted.',
    })
  const mine = context.book.all().filter((one) => context.book.resolveId(one.alertId) === id)
  return { ...detail, pending: await viewsOf(mine, { context, files }) }
}

/** What waits, oldest first, then the newest receipts. */
export async function listOutbox(receipts: number, parts: Parts): Promise<OperationView[]> {
  const sent = parts.files.outbox.receipts(receipts)
  return viewsOf([...parts.context.book.all(), ...sent], parts)
}

async function viewsOf(
  operations: readonly Operation[],
  { context, files }: Parts,
): Promise<OperationView[]> {
  const resolved = operations.map((one) => context.book.resolved(one))
  const titles = await files.readers.quick.titles([...new Set(resolved.map((one) => one.alertId))])
  const caseIds = resolved.flatMap((one) => (one.kind === 'alert.merge' ? [one.payload.caseId] : []))
  const names = new Map<string, string>()
  for (const id of new Set(caseIds)) {
    const found = await files.readers.quick.case(id)
    if (found !== undefined)
      names.set(
        id,
        `${found.number === undefined ? 'the new case' : `case #${found.number}`} “${found.title}”`,
      )
  }
  const facts = {
    pending: context.book.all(),
    now: context.now(),
    titleOf: (id: string) => titles[id] ?? 'an alert not in the local copy',
    caseName: (id: string) => names.get(id) ?? 'a case not in the local copy',
  }
  return resolved.map((one) => viewOf(one, facts))
}
