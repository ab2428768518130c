import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import {
  addDomains,
  isForbiddenToReaders,
  isRefused,
  isRefusedUnsent,
  made,
  nobodysId,
  now,
  withCase,
} from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const importInto: ContractOperation = {
  name: 'Import only the observables of an alert into a case',
  family: 'Alerts',
  ability: 'importObservables',
  absent: absentOn({
    thehive3: 'TheHive 3 merges whole alerts only.',
    thehive4: 'TheHive 4 merges whole alerts only.',
    thehive5: {
      since: '5.4.6',
      reason: 'Observables are imported without the alert’s text since TheHive 5.4.6.',
    },
  }),
  whenAbsent: isRefusedUnsent(({ target }, server) =>
    server.importInto(nobodysId(target), nobodysId(target), signal),
  ),
  success: {
    'leaves the text of the case alone and links the alert': async (harness) => {
      const { server } = harness
      const { caseId } = await withCase(harness)
      const { description } = (await server.case(caseId, signal)) ?? {}
      const { id } = await made(harness)
      await addDomains(harness, id, 'imported.example')
      expect((await server.importInto(id, caseId, signal)).description).toBe(description)
      expect((await now(harness, id)).caseId).toBe(caseId)
    },
  },
  failure: {
    'into a case that is gone is refused': isRefused(
      async (harness, server) =>
        server.importInto((await made(harness)).id, nobodysId(harness.target), signal),
      'not-found',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { caseId } = await withCase(harness)
      return reader.importInto((await made(harness)).id, caseId, signal)
    }),
  },
}

export const unlink: ContractOperation = {
  name: 'Take an alert out of its case',
  family: 'Alerts',
  ability: 'unlinkAlert',
  absent: absentOn({
    thehive3: 'TheHive 3 cannot take an alert out of a case.',
    thehive4: 'TheHive 4 cannot take an alert out of a case.',
  }),
  whenAbsent: isRefusedUnsent(({ target }, server) =>
    server.unlink(nobodysId(target), nobodysId(target), signal),
  ),
  success: {
    'makes it new again and leaves the case as it is': async (harness) => {
      const { alertId, caseId } = await withCase(harness)
      await harness.server.unlink(alertId, caseId, signal)
      const after = await now(harness, alertId)
      expect(after.stage).toBe('New')
      expect(after.caseId).toBeUndefined()
      expect(await harness.server.case(caseId, signal)).toBeDefined()
    },
  },
  failure: {
    'from a case that is gone is refused': isRefused(
      async (harness, server) => server.unlink((await made(harness)).id, nobodysId(harness.target), signal),
      'not-found',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { alertId, caseId } = await withCase(harness)
      return reader.unlink(alertId, caseId, signal)
    }),
  },
}
