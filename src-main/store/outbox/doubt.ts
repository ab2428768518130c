import type { Operation } from '#shared/model/operation.ts'
import type { Connection } from '../open-database.ts'
import { openOperation } from './operation-table.ts'
import { seal } from './sealed-row.ts'
import type { SealedRow } from './sealed-row.ts'

type StateRow = SealedRow & { state: string }

/** Where a row came from, in words that follow "Forager". */
export type Origin =
  'took it from the last backup' | 'found it in the damaged file' | 'could not read what came after it'

/** A row from an older state: what was waiting then may have been sent or taken back since, and only the analyst can say. */
export function withDoubt<T extends StateRow>(row: T, origin: Origin): T {
  const opened = openOperation(row)
  if (!opened.ok || opened.value.state === 'sent') return row
  const doubtful: Operation = {
    ...opened.value,
    state: 'cannot-tell',
    mustVerify: true,
    lastError: {
      kind: 'corrupt',
      message: 'The stored decision was damaged.',
      did: `Forager ${origin}.`,
      next: 'Look at the alert on the server: if the decision took hold there, drop it; otherwise send it again.',
    },
  }
  return { ...row, ...seal('operation', row.id, doubtful), state: 'cannot-tell' }
}

/** Every decision that waits goes before the analyst, or, when one change at most is missing, is asked about before it is sent. */
export function doubtWaiting(db: Connection, missing: 'one at most' | 'many'): void {
  const rows = db.prepare<[], StateRow>(
    `SELECT id, state, body, checksum FROM operation WHERE state <> 'sent'`,
  )
  const replace = db.prepare<[string, string, string, string]>(
    'UPDATE operation SET state = ?, body = ?, checksum = ? WHERE id = ?',
  )
  for (const row of rows.all()) {
    const { state, body, checksum, id } =
      missing === 'many' ? withDoubt(row, 'could not read what came after it') : verified(row)
    replace.run(state, body, checksum, id)
  }
}

function verified(row: StateRow): StateRow {
  const opened = openOperation(row)
  if (!opened.ok || !['ready', 'retry-at'].includes(row.state)) return row
  return { ...row, ...seal('operation', row.id, { ...opened.value, mustVerify: true }) }
}
