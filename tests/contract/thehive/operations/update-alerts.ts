import { expect } from 'vitest'
import { isForbiddenToReaders, made, nobodysId, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const updateAlerts: ContractOperation = {
  name: 'Change many alerts at once',
  family: 'Alerts',
  ability: 'updateAlert',
  success: {
    'changes each, and answers for each in the order asked': async (harness) => {
      const ids = [(await made(harness)).id, (await made(harness)).id, (await made(harness)).id].reverse()
      const change = { severity: 4, addTags: ['together'] } as const
      const results = await harness.server.updateAlerts(ids, { ...change, addTags: ['together'] }, signal)
      expect(results).toEqual(ids.map((id) => ({ id })))
      for (const id of ids)
        expect(await now(harness, id)).toMatchObject({ severity: 4, tags: ['mail', 'together'] })
    },
    'of none asks nothing': async ({ server, hive }) => {
      const before = hive.events().length
      expect(await server.updateAlerts([], { severity: 4 }, signal)).toEqual([])
      expect(hive.events()).toHaveLength(before)
    },
  },
  failure: {
    'names the one that is gone; the others change': async (harness) => {
      const [first, second] = [await made(harness), await made(harness)]
      const ids = [first.id, nobodysId(harness.target), second.id]
      const results = await harness.server.updateAlerts(ids, { severity: 4 }, signal)
      expect(results).toMatchObject([
        { id: ids[0] },
        { id: ids[1], error: { kind: 'not-found' } },
        { id: ids[2] },
      ])
      expect(results.filter(({ error }) => error !== undefined)).toHaveLength(1)
      for (const { id } of [first, second]) expect((await now(harness, id)).severity).toBe(4)
    },
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const results = await reader.updateAlerts([(await made(harness)).id], { severity: 4 }, signal)
      throw results[0]?.error
    }),
  },
}
