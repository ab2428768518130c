import Database from 'better-sqlite3'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outboxMigrations } from '#main/store/migrations/outbox-migrations.ts'
import { migrate } from '#main/store/migrations/runner.ts'
import { createOperationTable } from '#main/store/outbox/operation-table.ts'
import { salvage } from '#main/store/outbox/salvage.ts'
import { seal } from '#main/store/outbox/sealed-row.ts'
import { createOutboxStore } from '#main/store/outbox/store.ts'
import type { Operation } from '#shared/model/operation.ts'
import { anOperation } from '#tests/support/make.ts'

const before = outboxMigrations.filter(({ version }) => version < 20)
const note = (id: string, over: Partial<Operation> = {}) =>
  anOperation('comment.add', { localId: `local:${id}`, message: id }, { id, ...over })

/** An outbox as the version before wrote it. */
function olderOutbox(operations: readonly Operation[]) {
  const db = new Database(':memory:')
  migrate(db, before)
  const insert = db.prepare(
    'INSERT INTO operation (id, state, sent_at, body, checksum) VALUES (?, ?, ?, ?, ?)',
  )
  for (const one of operations) {
    const { body, checksum } = seal('operation', one.id, one)
    insert.run(one.id, one.state, one.receipt?.at ?? null, body, checksum)
  }
  return db
}

const sent = note('sent', { state: 'sent', receipt: { at: 7, note: 'ok' } })
const stored = [note('b'), sent, note('a', { state: 'conflict' }), note('c')]

describe('from the version before', () => {
  it('decisions keep their order and their text; they can be moved now', () => {
    const db = olderOutbox(stored)
    const rows = () => db.prepare('SELECT seq, id, state, sent_at, body, checksum FROM operation').all()
    const known = rows()
    migrate(db, outboxMigrations)
    expect(rows()).toEqual(known)
    const outbox = createOutboxStore(db, join(mkdtempSync(join(tmpdir(), 'forager-places-')), 'backup'))
    expect(outbox.pending()).toEqual([note('b'), note('a', { state: 'conflict' }), note('c')])
    expect(outbox.receipts(9)).toEqual([sent])
    outbox.reorder(['c', 'b'])
    expect(outbox.pending().map(({ id }) => id)).toEqual(['c', 'a', 'b'])
  })

  it('a damaged file or a backup of that version is salvaged', () => {
    const target = new Database(':memory:')
    migrate(target, outboxMigrations)
    const backup = olderOutbox(stored)
    expect(salvage({ damaged: olderOutbox([note('b'), sent]), backup, carved: [] }, target)).toBe(0)
    expect(
      createOperationTable(target)
        .pending()
        .map(({ id }) => id),
    ).toEqual(['b'])
    expect(createOperationTable(target).receipts(9)).toEqual([sent])
  })
})
