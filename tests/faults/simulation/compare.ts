import { everything } from '#shared/query/filter.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import type { Analyst } from './analyst/analyst.ts'
import { plain } from './hive/child-writes.ts'
import type { HiveState } from './hive/hive-state.ts'
import { onAlert } from './hive/hive-reads.ts'
import type { Ledger } from './ledger/ledger.ts'

type Row = Record<string, unknown>

const textOf = (value: object | undefined, without: readonly string[] = []): string => {
  const entries = Object.entries(value ?? {}).filter(
    ([key, one]) => one !== undefined && !without.includes(key),
  )
  return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}

const byId = (rows: readonly object[]): string => JSON.stringify(rows.map((row) => textOf(row)).sort())

/** Ids of all alerts in a copy, with whether each is marked as gone. */
export function copied({ files }: Analyst): { id: string; gone: boolean }[] {
  const request = { filter: everything, sort: newestFirst, after: undefined, limit: 10_000 }
  return files.reader
    .rows(files.reader.order(request).pks)
    .map((row) => ({ id: row.id, gone: row.gone === true }))
}

/** Pull correctness: alert by alert the copy is what the server holds, and nothing else is in it unmarked. */
export function compareAlerts(analyst: Analyst, hive: HiveState, ledger: Ledger): void {
  const copies = new Map(copied(analyst).map(({ id, gone }) => [id, gone]))
  for (const alert of hive.alerts.all()) {
    if (copies.get(alert.id) !== false) {
      ledger.find(
        'differs',
        `${analyst.login}: ${alert.id} is ${copies.has(alert.id) ? 'marked gone' : 'missing'}`,
      )
      continue
    }
    const shown = analyst.files.reader.detail(alert.id)?.alert
    const [mine, theirs] = [textOf(shown), textOf(alert)]
    if (mine !== theirs) ledger.find('differs', `${analyst.login}: ${alert.id} shows ${mine}, not ${theirs}`)
  }
  for (const [id, gone] of copies)
    if (!gone && hive.alerts.get(id) === undefined)
      ledger.find('differs', `${analyst.login}: ${id} is not on the server`)
}

/** The same for cases that are in the copy. */
export function compareCases(analyst: Analyst, hive: HiveState, ledger: Ledger): void {
  for (const found of hive.cases.all()) {
    const [mine, theirs] = [textOf(analyst.files.reader.case(found.id)), textOf(found)]
    if (mine !== theirs)
      ledger.find('differs', `${analyst.login}: case ${found.id} shows ${mine}, not ${theirs}`)
  }
}

/** What hangs on each alert, once it has been looked at. */
export function compareChildren(analyst: Analyst, hive: HiveState, ledger: Ledger): void {
  for (const { id } of hive.alerts.all()) {
    const detail = analyst.files.reader.detail(id)
    if (detail === undefined) continue
    const theirs: Record<string, Row[]> = {
      observables: onAlert(hive.observables.all(), id).map(plain),
      comments: onAlert(hive.comments.values(), id).map(plain),
      procedures: onAlert(hive.procedures.values(), id).map(plain),
      attachments: onAlert(hive.attachments.values(), id).map(plain),
    }
    for (const [list, rows] of Object.entries(theirs)) {
      const mine = byId(detail[list as 'observables'])
      if (mine !== byId(rows))
        ledger.find('differs', `${analyst.login}: ${list} of ${id} are ${mine}, not ${byId(rows)}`)
    }
  }
}
