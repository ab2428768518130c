import { ForagerError } from '#shared/errors/forager-error.ts'
import { operationSchema } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Connection } from '../open-database.ts'
import { seal, unseal } from './sealed-row.ts'
import type { Opened, SealedRow } from './sealed-row.ts'
import type { DamagedRow } from './sealed-table.ts'

type OperationRow = SealedRow & { state: string }

const table = 'operation'
const columns = 'id, state, body, checksum'

/** Decisions in the order of the plan: as they were made, unless the analyst moved them. `seq` never changes, so a retry keeps its place. */
export function createOperationTable(db: Connection) {
  const insert = db.prepare<[string, string, number | null, string, string]>(
    'INSERT INTO operation (id, state, sent_at, body, checksum) VALUES (?, ?, ?, ?, ?)',
  )
  const replace = db.prepare<[string, number | null, string, string, string]>(
    'UPDATE operation SET state = ?, sent_at = ?, body = ?, checksum = ? WHERE id = ?',
  )
  const drop = db.prepare<[string]>('DELETE FROM operation WHERE id = ?')
  const one = db.prepare<[string], OperationRow>(`SELECT ${columns} FROM operation WHERE id = ?`)
  const known = db.prepare<[string], number>('SELECT 1 FROM operation WHERE id = ?').pluck()
  const waiting = db.prepare<[], OperationRow>(
    `SELECT ${columns} FROM operation WHERE state <> 'sent' ORDER BY coalesce(place, seq), seq`,
  )
  const sent = db.prepare<[number], OperationRow>(
    `SELECT ${columns} FROM operation WHERE state = 'sent' ORDER BY sent_at DESC, seq DESC LIMIT ?`,
  )
  const placeOf = db
    .prepare<[string], number>('SELECT coalesce(place, seq) FROM operation WHERE id = ?')
    .pluck()
  const setPlace = db.prepare<[number, string]>('UPDATE operation SET place = ? WHERE id = ?')
  const sentBefore = db.prepare<[string, number], OperationRow>(
    `SELECT ${columns} FROM operation WHERE state = 'sent'
     AND (sent_at, seq) < (SELECT sent_at, seq FROM operation WHERE id = ?) ORDER BY sent_at DESC, seq DESC LIMIT ?`,
  )
  const all = db.prepare<[], OperationRow>(`SELECT ${columns} FROM operation ORDER BY seq`)
  const intact = (rows: OperationRow[]): Operation[] =>
    rows.flatMap((row) => {
      const opened = openOperation(row)
      return opened.ok ? [opened.value] : []
    })

  return {
    append(operation: Operation): void {
      const { state, receipt } = checked(operation)
      const { id, body, checksum } = seal(table, operation.id, operation)
      insert.run(id, state, receipt?.at ?? null, body, checksum)
    },
    update(operation: Operation): void {
      const { state, receipt } = checked(operation)
      const { id, body, checksum } = seal(table, operation.id, operation)
      if (replace.run(state, receipt?.at ?? null, body, checksum, id).changes === 1) return
      throw new ForagerError('not-found', 'This decision is not in the outbox any more.', { details: { id } })
    },
    remove: (id: string) => void drop.run(id),
    /** They share out the places they hold among them. */
    reorder(ids: readonly string[]): void {
      const held = ids.map((id) => placeOf.get(id)).filter((place) => place !== undefined)
      if (held.length !== ids.length)
        throw new ForagerError('not-found', 'A decision is not in the outbox any more; nothing was moved.')
      held.sort((one, other) => one - other)
      ids.forEach((id, index) => setPlace.run(held[index] ?? 0, id))
    },
    get(id: string): Operation | undefined {
      const row = one.get(id)
      return row === undefined ? undefined : intact([row])[0]
    },
    has: (id: string): boolean => known.get(id) !== undefined,
    pending: () => intact(waiting.all()),
    receipts: (limit: number, before?: string) =>
      intact(before === undefined ? sent.all(limit) : sentBefore.all(before, limit)),
    damaged(): DamagedRow[] {
      return all.all().flatMap((row) => {
        const opened = openOperation(row)
        return opened.ok ? [] : [{ id: row.id, reason: opened.reason }]
      })
    },
  }
}

/** The state stands in a column too, for the index: a row whose two states differ is damaged, not sent. */
export function openOperation(row: OperationRow): Opened<Operation> {
  const opened = unseal(table, row, operationSchema)
  if (!opened.ok) return opened
  if (opened.value.state !== row.state)
    return { ok: false, reason: 'The stored state does not match its decision.' }
  if (opened.value.id !== row.id) return { ok: false, reason: 'The stored id does not match its decision.' }
  return opened
}

/** What cannot be read back must not be acknowledged. */
function checked(operation: Operation): Operation {
  const parsed = operationSchema.safeParse(JSON.parse(JSON.stringify(operation)))
  if (parsed.success) return parsed.data
  throw new ForagerError('bug', 'Forager made a decision that it could not read back; it was not stored.', {
    cause: parsed.error,
  })
}
