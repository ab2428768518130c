import { expect } from 'vitest'
import { isForbiddenToReaders, isRefused, made, nobodysId, now, withCase } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const merge: ContractOperation = {
  name: 'Merge an alert into a case',
  family: 'Alerts',
  ability: 'importAlert',
  success: {
    'links it and says which case': async (harness) => {
      const { server } = harness
      const { caseId } = await withCase(harness)
      const { id } = await made(harness)
      expect((await server.merge(id, caseId, signal)).id).toBe(caseId)
      expect(await now(harness, id)).toMatchObject({ caseId, stage: 'Imported' })
    },
  },
  failure: {
    'into a case that is gone is refused': isRefused(
      async (harness, server) => server.merge((await made(harness)).id, nobodysId(harness.target), signal),
      'not-found',
      'forbidden',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { caseId } = await withCase(harness)
      return reader.merge((await made(harness)).id, caseId, signal)
    }),
  },
}

export const mergeMany: ContractOperation = {
  name: 'Merge many alerts into a case at once',
  family: 'Alerts',
  ability: 'importAlert',
  success: {
    'links each': async (harness) => {
      const { server } = harness
      const { caseId } = await withCase(harness)
      const ids = [(await made(harness)).id, (await made(harness)).id]
      expect((await server.mergeMany(ids, caseId, signal)).id).toBe(caseId)
      for (const id of ids) expect((await now(harness, id)).caseId).toBe(caseId)
    },
  },
  failure: {
    'of more than the server takes at once is refused before it is sent': async ({ server, hive }) => {
      const { mergeLimit } = server.session.capabilities
      if (mergeLimit === undefined) return
      const ids = Array.from({ length: mergeLimit + 1 }, (_, at) => `~${at}`)
      const before = hive.events().length
      await expect(server.mergeMany(ids, '~1', signal)).rejects.toMatchObject({ kind: 'rejected' })
      expect(hive.events()).toHaveLength(before)
    },
    'into a case that is gone is refused': isRefused(
      async (harness, server) =>
        server.mergeMany([(await made(harness)).id], nobodysId(harness.target), signal),
      'not-found',
      'forbidden',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { caseId } = await withCase(harness)
      return reader.mergeMany([(await made(harness)).id], caseId, signal)
    }),
  },
}
