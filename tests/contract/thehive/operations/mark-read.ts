import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { isForbiddenToReaders, isRefused, isRefusedUnsent, made, nobodysId, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const markRead: ContractOperation = {
  name: 'Mark an alert read or unread',
  family: 'Alerts',
  ability: 'markRead',
  absent: absentOn({ thehive5: 'TheHive 5 has no read mark: its statuses say what was looked at.' }),
  whenAbsent: isRefusedUnsent(({ target }, server) => server.markRead(nobodysId(target), true, signal)),
  success: {
    'there and back, and twice without harm': async (harness) => {
      const { id } = await made(harness)
      for (const read of [true, true, false]) {
        await harness.server.markRead(id, read, signal)
        expect(await now(harness, id)).toMatchObject({ read, status: read ? 'Ignored' : 'New' })
      }
    },
  },
  failure: {
    'of an alert that is gone is refused': isRefused(
      ({ target }, server) => server.markRead(nobodysId(target), true, signal),
      'not-found',
      'forbidden',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) =>
      reader.markRead((await made(harness)).id, true, signal),
    ),
  },
}
