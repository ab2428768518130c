import type { ChangeWords } from '#shared/model/operation-view.ts'
import type { Operation } from '#shared/model/operation.ts'

export type ReceiptFormat = 'jsonl' | 'csv'

/** A receipt as it leaves Forager: for a report, a ticket or a spreadsheet. Times are ISO 8601, UTC. */
export type ReceiptRecord = {
  sent: string
  decided: string
  firstAttempt: string
  by: string
  decision: string
  kind: string
  about: string
  alertId: string
  serverId: string
  attempts: number
  alreadyThere: boolean
  result: string
  what: ChangeWords[]
  id: string
  groupId: string
}

const iso = (at: number | undefined): string => (at === undefined ? '' : new Date(at).toISOString())

export function recordOf(
  operation: Operation,
  { sentence, title, changes }: { sentence: string; title: string; changes: ChangeWords[] },
): ReceiptRecord {
  const { receipt, createdAt, firstSentAt, author, kind, alertId, attempts, id, groupId } = operation
  return {
    sent: iso(receipt?.at),
    decided: iso(createdAt),
    firstAttempt: iso(firstSentAt),
    by: author,
    decision: sentence,
    kind,
    about: title,
    alertId,
    serverId: receipt?.serverId ?? '',
    attempts,
    alreadyThere: receipt?.alreadyThere ?? false,
    result: receipt?.note ?? '',
    what: changes,
    ...{ id, groupId },
  }
}

const columns: readonly (keyof ReceiptRecord)[] = [
  ...(['sent', 'decided', 'firstAttempt', 'by', 'decision', 'kind', 'about', 'alertId'] as const),
  ...(['serverId', 'attempts', 'alreadyThere', 'result', 'what', 'id', 'groupId'] as const),
]

/** What comes before the first record. The mark lets spreadsheets read it as UTF-8. */
export const headOf = (format: ReceiptFormat): string =>
  format === 'csv' ? `\uFEFF${columns.join(',')}\r\n` : ''

/** One record as a line of its own, its end included. */
export function lineOf(record: ReceiptRecord, format: ReceiptFormat): string {
  if (format === 'jsonl') return `${JSON.stringify(record)}\n`
  return `${columns.map((name) => cell(record[name])).join(',')}\r\n`
}

function cell(value: ReceiptRecord[keyof ReceiptRecord]): string {
  const text = Array.isArray(value) ? value.map(changeText).join('; ') : String(value)
  return `"${harmless(text).replaceAll('"', '""')}"`
}

const changeText = ({ name, before, after }: ChangeWords): string =>
  before === undefined ? `${name}: ${after}` : `${name}: ${before} → ${after}`

/** A spreadsheet runs what begins like a formula; titles are written by attackers. Also after spaces, which some skip. */
const harmless = (text: string): string => (/^[\s\u00a0]*[=+\-@\t\r|%]/.test(text) ? `'${text}` : text)

/** What to offer as a file name; `at` in ms since the epoch. */
export const receiptsName = (format: ReceiptFormat, at: number): string =>
  `forager-receipts-${new Date(at).toISOString().slice(0, 10)}.${format}`
