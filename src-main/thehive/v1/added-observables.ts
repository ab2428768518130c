import { alreadyThereTypes } from '../status-errors.ts'
import type { AddedObservables, ItemFailure } from '../port.ts'
import { readOne, readRows } from '../api.ts'
import type { Api } from '../api.ts'
import { readObservable } from './read-observable.ts'
import * as wire from '../wire-fields.ts'

const shownCharacters = 500

/**
 * What an add came to: a plain list when all went well, `{success, failure}` when something did not (api.md §3.10).
 * `sent` names the items in their order, for a failure that does not name its own.
 */
export function readAdded(api: Api, answer: unknown, sent: readonly string[]): AddedObservables {
  const read = (row: unknown) => readObservable(row, api.scale)
  if (Array.isArray(answer)) return { added: readRows(api, answer, read), failed: [] }
  const parts = readOne(api, answer, (value) => wire.asRow(value, 'answer'))
  const added = readRows(api, parts['success'] ?? [], read)
  const rest = sent.filter((item) => !added.some((one) => one.data === item || one.attachment?.name === item))
  const failures = readRows(api, parts['failure'] ?? [], (row) => wire.asRow(row, 'failure'))
  return { added, failed: failures.map((failure, at) => readFailure(failure, rest[at] ?? '')) }
}

function readFailure(failure: wire.Row, fallback: string): ItemFailure {
  const { type, message, object } = failure
  const named = typeof object === 'object' && object !== null ? (object as wire.Row)['data'] : undefined
  return {
    data: typeof named === 'string' ? named : fallback,
    alreadyThere: typeof type === 'string' && alreadyThereTypes.has(type),
    message: typeof message === 'string' ? message.slice(0, shownCharacters) : 'The server gave no reason.',
  }
}
