import { Readable } from 'node:stream'
import { setImmediate as othersTurn } from 'node:timers/promises'
import type { CallOutput, ParsedInput } from '#shared/contract/contract.ts'
import { foldText } from '#shared/util/fold-text.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import type { Operation } from '#shared/model/operation.ts'
import { changesOf } from '../services/operation-changes.ts'
import { headOf, lineOf, recordOf } from '../services/receipt-file.ts'
import type { ReceiptFormat } from '../services/receipt-file.ts'
import { written } from '../services/written.ts'
import type { OutboxStore } from '../store/ports.ts'
import { nothingWaits, viewsOf } from './outbox-reading.ts'
import type { Parts } from './outbox-reading.ts'

/** Read at a time, so that others get their turn in between. */
const pageSize = 500

type Page = { operations: Operation[]; views: OperationView[] }

/** All receipts, newest first, a page at a time. `before` is the last one that is known already. */
async function* pagesOf(
  parts: Parts & { outbox: OutboxStore },
  before?: string | undefined,
): AsyncGenerator<Page> {
  for (let last = before; ;) {
    const operations = parts.outbox.receipts(pageSize, last)
    if (operations.length === 0) return
    yield { operations, views: await viewsOf(operations, parts, nothingWaits) }
    last = operations.at(-1)?.id
    await othersTurn()
  }
}

/** Receipts in which every word occurs, newest first. */
export async function findReceipts(
  { text, limit, before }: ParsedInput<'outbox.receipts'>,
  parts: Parts,
): Promise<CallOutput<'outbox.receipts'>> {
  const words = foldText(text).split(/\s+/).filter(Boolean)
  const found: OperationView[] = []
  const from = { ...parts, outbox: parts.files.outbox }
  for await (const { operations, views } of pagesOf(from, before)) {
    for (const [index, view] of views.entries()) {
      const operation = operations[index]
      if (operation === undefined || !words.every((word) => wordsOf(view, operation).includes(word))) continue
      if (found.length === limit) return { found, more: true }
      found.push(view)
    }
  }
  return { found, more: false }
}

function wordsOf(
  { sentence, alertTitle, receipt, alertId, kind }: OperationView,
  operation: Operation,
): string {
  const sent = changesOf(operation).map(({ name, after }) => `${name} ${after}`)
  return foldText([sentence, alertTitle, receipt?.note, receipt?.serverId, alertId, kind, ...sent].join(' '))
}

/** Writes all receipts under a path that main has asked the analyst for; never held in memory whole. */
export async function exportReceipts(
  { format, path }: { format: ReceiptFormat; path: string },
  parts: Parts,
): Promise<{ path: string; count: number }> {
  let count = 0
  async function* lines(): AsyncGenerator<Buffer> {
    yield Buffer.from(headOf(format))
    for await (const { operations, views } of pagesOf({ ...parts, outbox: parts.files.outbox })) {
      const records = operations.map((operation, index) => {
        const resolved = parts.context.book.resolved(operation)
        const { sentence = '', alertTitle: title = '' } = views[index] ?? {}
        return recordOf(resolved, { sentence, title, changes: changesOf(resolved) })
      })
      count += records.length
      yield Buffer.from(records.map((record) => lineOf(record, format)).join(''))
    }
  }
  await written(path, Readable.from(lines()))
  return { path, count }
}
