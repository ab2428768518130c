import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { isRefused, isRefusedUnsent, made, nobodysId, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const assignee: ContractOperation = {
  name: 'Assign an alert',
  family: 'Alerts',
  ability: 'assignee',
  absent: absentOn({
    thehive3: 'Alerts of TheHive 3 have no assignee.',
    thehive4: 'Alerts of TheHive 4 have no assignee.',
    thehive5: { since: '5.2.0', reason: 'Alerts have assignees since TheHive 5.2.' },
  }),
  whenAbsent: isRefusedUnsent(({ target }, server) =>
    server.updateAlert(nobodysId(target), { assignee: 'ana@acme.example' }, signal),
  ),
  success: {
    'to somebody, and frees it again': async (harness) => {
      const { server } = harness
      const { id } = await made(harness)
      await server.updateAlert(id, { assignee: server.session.login }, signal)
      expect((await now(harness, id)).assignee).toBe(server.session.login)
      await server.updateAlert(id, { assignee: null }, signal)
      expect((await now(harness, id)).assignee).toBeUndefined()
    },
  },
  failure: {
    'to somebody unknown is refused': isRefused(
      async (harness, server) =>
        server.updateAlert((await made(harness)).id, { assignee: 'nobody@acme.example' }, signal),
      'rejected',
      'not-found',
    ),
  },
}
