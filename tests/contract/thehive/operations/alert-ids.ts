import { expect } from 'vitest'
import { isTypedWhenTheServerFails } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { allPages, newest, signal } from '../harness.ts'
import type { Harness } from '../harness.ts'

async function sweep({ server }: Harness, limit: number): Promise<string[]> {
  const first = await server.alertIdPage({ cursor: undefined, limit }, signal)
  const ids = [...first.ids]
  for (let cursor = first.next; cursor !== undefined;) {
    const page = await server.alertIdPage({ cursor, limit }, signal)
    ids.push(...page.ids)
    cursor = page.next
  }
  return ids
}

export const alertIds: ContractOperation = {
  name: 'List the ids of all alerts',
  family: 'Alerts',
  success: {
    'names every alert once, oldest first, however small the pages': async (harness) => {
      const { items } = await allPages(
        { ...newest, direction: 'asc', limit: 50 },
        (next) => harness.server.alertPage(next, signal),
        harness.readAlerts,
      )
      expect(await sweep(harness, 13)).toEqual(items.map(({ id }) => id))
    },
    'does not bring the texts along': async ({ server }) => {
      const { ids } = await server.alertIdPage({ cursor: undefined, limit: 5 }, signal)
      expect(ids).toHaveLength(5)
      ids.forEach((id) => expect(id).toEqual(expect.any(String)))
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.alertIdPage({ cursor: undefined, limit: 5 }, signal),
    ),
  },
}
