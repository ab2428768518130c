import { expect } from 'vitest'
import { freshCase, isRefused } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'
import type { Harness } from '../harness.ts'

const family = 'Cases'

async function statusOf({ server }: Harness, stage: 'InProgress' | 'Closed'): Promise<string> {
  const { caseStatuses } = await server.catalog(signal)
  const open = caseStatuses.find((each) => each.stage !== 'Closed')
  const wanted = caseStatuses.find((each) => each.stage === stage && !each.hidden) ?? open
  return wanted?.value ?? ''
}

async function closed(harness: Harness): Promise<string> {
  const { id } = await harness.server.createCase(freshCase(), signal)
  const status = await statusOf(harness, 'Closed')
  await harness.server.updateCase(id, { status, impactStatus: 'NoImpact', summary: 'nothing found' }, signal)
  return id
}

export const closeCase: ContractOperation = {
  name: 'Close a case, with impact and summary',
  family,
  ability: 'closeCase',
  success: {
    'ends it': async (harness) => {
      const found = await harness.server.case(await closed(harness), signal)
      expect(found).toMatchObject({
        ...{ stage: 'Closed', status: await statusOf(harness, 'Closed') },
        ...{ impactStatus: 'NoImpact', summary: 'nothing found', endDate: expect.any(Number) },
      })
    },
  },
  failure: {
    'with a status the server does not know is refused': isRefused(
      async (_, server) =>
        server.updateCase(
          (await server.createCase(freshCase(), signal)).id,
          { status: 'NoSuchStatus' },
          signal,
        ),
      'rejected',
      'not-found',
    ),
  },
}

export const reopenCase: ContractOperation = {
  name: 'Reopen a case',
  family,
  ability: 'reopenCase',
  success: {
    'is open again': async (harness) => {
      const id = await closed(harness)
      await harness.server.updateCase(id, { status: await statusOf(harness, 'InProgress') }, signal)
      expect((await harness.server.case(id, signal))?.stage).not.toBe('Closed')
    },
  },
  failure: {
    'with a status the server does not know is refused': isRefused(
      async (harness, server) => server.updateCase(await closed(harness), { status: 'NoSuchStatus' }, signal),
      'rejected',
      'not-found',
    ),
  },
}
