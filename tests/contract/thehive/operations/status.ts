import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { isRefused, made, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'
import { noStatus3, noStatus4 } from '../reasons.ts'

export const status: ContractOperation = {
  name: 'Give an alert a status',
  family: 'Alerts',
  ability: 'status',
  absent: absentOn({ thehive3: noStatus3, thehive4: noStatus4 }),
  success: {
    'moves it into the stage of that status': async (harness) => {
      const { alertStatuses } = await harness.server.catalog(signal)
      for (const stage of ['InProgress', 'Closed', 'New'] as const) {
        const { id } = await made(harness)
        const wanted = alertStatuses.find((each) => each.stage === stage)?.value ?? ''
        await harness.server.updateAlert(id, { status: wanted }, signal)
        expect(await now(harness, id)).toMatchObject({ status: wanted, stage })
      }
    },
  },
  failure: {
    'the server does not know is refused': isRefused(
      async (harness, server) =>
        server.updateAlert((await made(harness)).id, { status: 'NoSuchStatus' }, signal),
      'rejected',
      'not-found',
    ),
  },
}
