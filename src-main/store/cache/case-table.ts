import type { Case } from '#shared/model/case.ts'
import type { Operation } from '#shared/model/operation.ts'
import { foldText } from '#shared/util/fold-text.ts'
import { foldCase } from '../../domain/fold-case.ts'
import { isOlder } from '../../domain/is-older.ts'
import type { SqlValue } from '../bulk-insert.ts'
import type { Connection } from '../open-database.ts'
import { parseStored } from './alert-json.ts'

type Row = { id: string; body: string; base: string | null; pending: 0 | 1; promisedBy: number | null }
type Written = { base: Case | undefined; promisedBy: number | null }

const columns = ['number', 'started_at', 'folded', 'promised_by', 'pending', 'base', 'body'] as const
const upsertSql = `
  INSERT INTO case_ (id, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})
  ON CONFLICT DO UPDATE SET ${columns.map((name) => `${name} = excluded.${name}`).join(', ')}`

/** A case that is no longer only ours. */
export const settledCase = ({ pending: _, ...known }: Case): Case => known

/** A workspace's or the server's state of a row; undefined for what only pending decisions make. */
function baseOf({ pending, base, body }: Row): Case | undefined {
  const text = pending === 1 ? base : body
  return text === null ? undefined : parseStored<Case>(text)
}

/**
 * Cases of the server (or the workspace), those that pending promotions promise (they go when the promotion goes) and those
 * pending creations make; what is pending on any of them is laid over it, as with alerts.
 */
export function createCaseTable(db: Connection, pendingOn: (caseId: string) => readonly Operation[]) {
  const put = db.prepare<SqlValue[]>(upsertSql)
  const byId = db.prepare<[string], Row>(
    'SELECT id, body, base, pending, promised_by AS promisedBy FROM case_ WHERE id = ?',
  )
  const promised = db.prepare<[number], string>('SELECT id FROM case_ WHERE promised_by = ?').pluck()
  const pendingIds = db.prepare<[], string>('SELECT id FROM case_ WHERE pending = 1 ORDER BY id').pluck()
  const remove = db.prepare<[string]>('DELETE FROM case_ WHERE id = ?')
  const highest = db.prepare<[], number | null>('SELECT max(number) FROM case_').pluck()

  /** Lays what is pending over a base and stores both; without either the row goes. */
  function write(id: string, { base, promisedBy }: Written): void {
    const operations = pendingOn(id)
    const shown = foldCase(base, operations)
    if (shown === undefined) return void remove.run(id)
    const pending = operations.length > 0
    const folded = foldText([shown.title, ...shown.tags].join(' '))
    put.run(
      ...[id, shown.number ?? null, Math.trunc(shown.startDate), folded, promisedBy, pending ? 1 : 0],
      pending && base !== undefined ? JSON.stringify(base) : null,
      JSON.stringify(shown),
    )
  }

  const keep = (one: Case): void => {
    if (byId.get(one.id) === undefined) write(one.id, { base: one, promisedBy: null })
  }

  return {
    find(id: string): Case | undefined {
      const row = byId.get(id)
      return row === undefined ? undefined : parseStored<Case>(row.body)
    },
    baseOf(id: string): Case | undefined {
      const row = byId.get(id)
      return row === undefined ? undefined : baseOf(row)
    },
    isPending: (id: string) => byId.get(id)?.pending === 1,
    pendingIds: () => pendingIds.all(),
    /** False for a state that is older than what is known. */
    isNews(one: Case): boolean {
      const row = byId.get(one.id)
      const known = row && baseOf(row)
      return known === undefined || !isOlder(one, known)
    },
    /** Answers those that look different now. */
    upsert: (cases: readonly Case[]): string[] =>
      cases.flatMap((one) => {
        const before = byId.get(one.id)
        const isPlain = before?.pending === 0 && before.promisedBy === null && pendingOn(one.id).length === 0
        if (isPlain && before.body === JSON.stringify(one)) return []
        write(one.id, { base: one, promisedBy: null })
        return byId.get(one.id)?.body === before?.body ? [] : [one.id]
      }),
    /** Theirs stay as they were, marked until they come again; what is only ours is not the server's to show. */
    markGone(ids: readonly string[]): void {
      for (const id of ids) {
        const row = byId.get(id)
        const base = row && baseOf(row)
        if (row !== undefined && base !== undefined && row.promisedBy === null)
          write(id, { base: { ...base, gone: true }, promisedBy: null })
      }
    },
    /** What is pending on it has changed; its base stays. */
    refold(id: string): void {
      const row = byId.get(id)
      write(id, { base: row && baseOf(row), promisedBy: row?.promisedBy ?? null })
    },
    replacePromised(alertPk: number, cases: readonly Case[]): void {
      for (const id of promised.all(alertPk)) remove.run(id)
      for (const one of cases) {
        const row = byId.get(one.id)
        if (row === undefined || row.promisedBy !== null) write(one.id, { base: one, promisedBy: alertPk })
      }
    },
    remove: (id: string) => void remove.run(id),
    /** A workspace without a server numbers its cases itself. */
    openNumbered: (one: Case) => keep({ ...settledCase(one), number: (highest.get() ?? 0) + 1 }),
    /** What was promised exists now under its real id; a row the server already gave wins, under what was decided about ours. */
    rename(localId: string, serverId: string): void {
      const row = byId.get(localId)
      if (row === undefined || localId === serverId) return
      const known = baseOf(row) ?? parseStored<Case>(row.body)
      remove.run(localId)
      const given = byId.get(serverId)
      if (given === undefined) keep({ ...settledCase(known), id: serverId })
      else write(serverId, { base: baseOf(given), promisedBy: given.promisedBy })
    },
  }
}
export type CaseTable = ReturnType<typeof createCaseTable>
