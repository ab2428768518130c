import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { addDomains, isTypedWhenTheServerFails, made, withCase } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const similarCases: ContractOperation = {
  name: 'Similar cases',
  family: 'Alerts',
  ability: 'similarCases',
  success: {
    'come with how much they share': async (harness) => {
      const data = [`one-${Date.now()}.example`, `two-${Date.now()}.example`]
      const { caseId } = await withCase(harness, data)
      const { id } = await made(harness)
      await addDomains(harness, id, ...data)
      const found = await harness.server.similarCases(id, signal)
      expect(found.map((each) => each.case.id)).toEqual([caseId])
      expect(found[0]?.similarObservables ?? 0).toBeGreaterThan(0)
    },
    'are none where nothing is shared': async (harness) => {
      expect(await harness.server.similarCases((await made(harness)).id, signal)).toEqual([])
    },
  },
  failure: {
    'are a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.similarCases('~1', signal),
    ),
  },
}

export const similarAlerts: ContractOperation = {
  name: 'Similar alerts',
  family: 'Alerts',
  ability: 'similarAlerts',
  absent: absentOn({
    thehive3: 'TheHive 3 compares alerts with cases only.',
    thehive4: 'TheHive 4 compares alerts with cases only.',
  }),
  success: {
    'come with how much they share': async (harness) => {
      const data = `shared-${Date.now()}.example`
      const [mine, other] = [await made(harness), await made(harness)]
      for (const { id } of [mine, other]) await addDomains(harness, id, data)
      const found = await harness.server.similarAlerts(mine.id, signal)
      expect(found.map(({ alert }) => alert.id)).toEqual([other.id])
      expect(found[0]).toMatchObject({ similarObservables: 1 })
    },
  },
  failure: {
    'are a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.similarAlerts('~1', signal),
    ),
  },
}
