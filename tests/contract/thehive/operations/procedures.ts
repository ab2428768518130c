import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { isForbiddenToReaders, isRefused, isRefusedUnsent, made, nobodysId } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'
import type { Harness } from '../harness.ts'
import { noProcedures3, noProcedures4 } from '../reasons.ts'

const absent = absentOn({ thehive3: noProcedures3, thehive4: noProcedures4 })
const family = 'Comments and more'
const ability = 'procedure'
const occurDate = 1_700_000_000_000

async function known({ server }: Harness) {
  const [technique] = (await server.catalog(signal)).techniques
  if (technique === undefined) throw new Error('The server has no techniques')
  return { patternId: technique.patternId, tactic: technique.tactics[0], name: technique.name }
}

async function withProcedure(harness: Harness) {
  const { id: alertId } = await made(harness)
  const { name: _, ...technique } = await known(harness)
  const { id } = await harness.server.addProcedure(alertId, { ...technique, occurDate }, signal)
  return { alertId, id }
}

export const addProcedure: ContractOperation = {
  name: 'Add a technique to an alert, and list them',
  ...({ family, ability, absent } as const),
  whenAbsent: isRefusedUnsent(({ target }, server) =>
    server.addProcedure(nobodysId(target), { patternId: 'T1566', occurDate }, signal),
  ),
  success: {
    'is named by the server’s catalogue': async (harness) => {
      const { server } = harness
      const { id } = await made(harness)
      expect(await server.procedures(id, signal)).toEqual([])
      const { name, ...technique } = await known(harness)
      const input = { ...technique, occurDate, description: 'a *mail* with a link' }
      expect(await server.addProcedure(id, input, signal)).toMatchObject({ ...input, patternName: name })
      expect(await server.procedures(id, signal)).toMatchObject([input])
    },
  },
  failure: {
    'the catalogue does not know is refused': isRefused(
      async (harness, server) =>
        server.addProcedure((await made(harness)).id, { patternId: 'T0000', occurDate }, signal),
      'rejected',
      'not-found',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { patternId } = await known(harness)
      return reader.addProcedure((await made(harness)).id, { patternId, occurDate }, signal)
    }),
  },
}

export const editProcedure: ContractOperation = {
  name: 'Change a technique of an alert',
  ...({ family, ability, absent } as const),
  whenAbsent: isRefusedUnsent(({ target }, server) =>
    server.editProcedure(nobodysId(target), { description: 'x' }, signal),
  ),
  success: {
    'changes the named fields only': async (harness) => {
      const { alertId, id } = await withProcedure(harness)
      await harness.server.editProcedure(id, { description: 'later' }, signal)
      expect(await harness.server.procedures(alertId, signal)).toMatchObject([
        { id, description: 'later', occurDate },
      ])
    },
  },
  failure: {
    'that is gone is refused': isRefused(
      ({ target }, server) => server.editProcedure(nobodysId(target), { description: 'x' }, signal),
      'not-found',
    ),
  },
}

export const deleteProcedure: ContractOperation = {
  name: 'Delete a technique of an alert',
  ...({ family, ability, absent } as const),
  whenAbsent: isRefusedUnsent(({ target }, server) => server.deleteProcedure(nobodysId(target), signal)),
  success: {
    'is done when it is gone already': async (harness) => {
      const { alertId, id } = await withProcedure(harness)
      for (let at = 0; at < 2; at++) await harness.server.deleteProcedure(id, signal)
      expect(await harness.server.procedures(alertId, signal)).toEqual([])
    },
  },
  failure: {
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) =>
      reader.deleteProcedure((await withProcedure(harness)).id, signal),
    ),
  },
}
