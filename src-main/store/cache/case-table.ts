import type { Case } from '#shared/model/case.ts'
import { foldText } from '#shared/util/fold-text.ts'
import type { SqlValue } from '../bulk-insert.ts'
import type { Connection } from '../open-database.ts'
import { parseStored } from './alert-json.ts'

const head = 'INSERT INTO case_ (id, number, started_at, folded, promised_by, body) VALUES (?, ?, ?, ?, ?, ?)'
const tail = `SET number = excluded.number, started_at = excluded.started_at, folded = excluded.folded,
  promised_by = excluded.promised_by, body = excluded.body`

function values(one: Case, promisedBy: number | null): SqlValue[] {
  const folded = foldText([one.title, ...one.tags].join(' '))
  return [one.id, one.number ?? null, Math.trunc(one.startDate), folded, promisedBy, JSON.stringify(one)]
}

const settled = ({ pending: _, ...known }: Case): Case => known

/** Cases of the server (or the workspace), and those that pending promotions promise: the latter go when the decision goes. */
export function createCaseTable(db: Connection) {
  const upsert = db.prepare<SqlValue[]>(`${head} ON CONFLICT DO UPDATE ${tail}`)
  const promise = db.prepare<SqlValue[]>(
    `${head} ON CONFLICT DO UPDATE ${tail} WHERE case_.promised_by IS NOT NULL`,
  )
  const keep = db.prepare<SqlValue[]>(`${head} ON CONFLICT DO NOTHING`)
  const body = db.prepare<[string], string>('SELECT body FROM case_ WHERE id = ?').pluck()
  const clear = db.prepare<[number]>('DELETE FROM case_ WHERE promised_by = ?')
  const remove = db.prepare<[string]>('DELETE FROM case_ WHERE id = ?')
  const highest = db.prepare<[], number | null>('SELECT max(number) FROM case_').pluck()
  const find = (id: string): Case | undefined => {
    const text = body.get(id)
    return text === undefined ? undefined : parseStored<Case>(text)
  }

  return {
    find,
    upsert: (cases: readonly Case[]) => cases.forEach((one) => void upsert.run(...values(one, null))),
    replacePromised(alertPk: number, cases: readonly Case[]): void {
      clear.run(alertPk)
      for (const one of cases) promise.run(...values(one, alertPk))
    },
    /** A workspace without a server numbers its cases itself. */
    openNumbered(one: Case): void {
      keep.run(...values({ ...settled(one), number: (highest.get() ?? 0) + 1 }, null))
    },
    /** What was promised exists now under its real id; a row the server already gave wins. */
    rename(localId: string, serverId: string): void {
      const known = find(localId)
      if (known === undefined) return
      remove.run(localId)
      keep.run(...values({ ...settled(known), id: serverId }, null))
    },
  }
}
export type CaseTable = ReturnType<typeof createCaseTable>
