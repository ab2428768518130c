import type { Operation } from '#shared/model/operation.ts'
import { changedFields } from './changes-of.ts'
import { sameTarget } from './target.ts'

/**
 * Of what was sent and is still laid over the copy, oldest first: what the copy has by itself by now. An older one that changes the
 * same and could not be read yet would show over it, so both stay until that one is read.
 */
export function readInOrder(
  sent: readonly Operation[],
  isRead: (operation: Operation) => boolean,
): Operation[] {
  const unread: Operation[] = []
  for (const operation of sent)
    if (!isRead(operation) || unread.some((older) => changeTheSame(older, operation))) unread.push(operation)
  const stays = new Set(unread)
  return sent.filter((operation) => !stays.has(operation))
}

function changeTheSame(older: Operation, newer: Operation): boolean {
  if (!sameTarget(older, newer)) return false
  const fields = changedFields(newer)
  return changedFields(older).some((field) => fields.includes(field))
}
