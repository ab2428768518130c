import { expect } from 'vitest'
import { isForbiddenToReaders, isRefused, made, nobodysId, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const follow: ContractOperation = {
  name: 'Follow an alert or not',
  family: 'Alerts',
  ability: 'followAlert',
  success: {
    'there and back, and twice without harm': async (harness) => {
      const { id } = await made(harness)
      for (const wanted of [false, false, true]) {
        await harness.server.follow(id, wanted, signal)
        expect((await now(harness, id)).follow).toBe(wanted)
      }
    },
  },
  failure: {
    'of an alert that is gone is refused': isRefused(
      ({ target }, server) => server.follow(nobodysId(target), true, signal),
      'not-found',
      'forbidden',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) =>
      reader.follow((await made(harness)).id, false, signal),
    ),
  },
}
