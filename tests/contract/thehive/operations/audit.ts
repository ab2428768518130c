import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { freshCase, isTypedWhenTheServerFails, made, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { keys, signal } from '../harness.ts'
import { noDeletions5 } from '../reasons.ts'

export const deletions: ContractOperation = {
  name: 'Deletions since a moment',
  family: 'Alerts',
  ability: 'audit',
  absent: absentOn({ thehive5: noDeletions5 }),
  whenAbsent: async ({ server }) => {
    expect(await server.deletedAlerts(0, signal)).toBeUndefined()
    expect(await server.deletedCases(0, signal)).toBeUndefined()
  },
  success: {
    'name what was deleted, by whom and when': async (harness) => {
      const { server } = harness
      const { id, createdAt } = await made(harness)
      await server.deleteAlert(id, signal)
      const found = await server.deletedAlerts(createdAt, signal)
      expect(found?.filter(({ objectId }) => objectId === id)).toMatchObject([
        { action: 'delete', objectType: expect.stringMatching(/^alert$/i), by: server.session.login },
      ])
      expect(found?.every(({ at }) => at >= createdAt)).toBe(true)
    },
    'name deleted cases apart from alerts': async (harness) => {
      const { server, hive, target } = harness
      const { id, createdAt } = await server.createCase(freshCase(), signal)
      // TheHive 3 lets an administrator alone delete cases.
      const [force, key] = target.flavour === 'thehive3' ? ['/force', 'admin-key'] : ['', keys.analyst]
      const headers = { authorization: `Bearer ${key}` }
      const answer = await fetch(`${hive.url}/api/case/${id}${force}`, { method: 'DELETE', headers })
      expect(answer.ok).toBe(true)
      const found = await server.deletedCases(createdAt, signal)
      expect(found?.map(({ objectId }) => objectId)).toContain(id)
      const alerts = await server.deletedAlerts(createdAt, signal)
      expect(alerts?.map(({ objectId }) => objectId)).not.toContain(id)
    },
  },
  failure: {
    'are a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.deletedAlerts(0, signal),
    ),
  },
}

export const deleter: ContractOperation = {
  name: 'Who deleted something',
  family: 'Alerts',
  success: {
    'names who deleted an alert, and when': async (harness) => {
      const { server } = harness
      const { id, createdAt } = await made(harness)
      await server.deleteAlert(id, signal)
      const found = await server.deletionOf({ id, rootId: id }, signal)
      expect(found).toMatchObject({ action: 'delete', objectId: id, by: server.session.login })
      expect(found?.at).toBeGreaterThanOrEqual(createdAt)
    },
    'knows nothing of what is there': async (harness) => {
      const { id } = await made(harness)
      expect(await harness.server.deletionOf({ id, rootId: id }, signal)).toBeUndefined()
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.deletionOf({ id: '~1', rootId: '~1' }, signal),
    ),
  },
}

export const history: ContractOperation = {
  name: 'History of an alert',
  family: 'Alerts',
  success: {
    'tells what happened, newest first': async (harness) => {
      const { server } = harness
      const { id } = await made(harness)
      await server.updateAlert(id, { severity: 4 }, signal)
      await now(harness, id)
      const found = (await server.alertHistory(id, signal)) ?? []
      expect(found.map(({ action }) => action)).toEqual(['update', 'create'])
      expect(found[0]).toMatchObject({ objectId: id, by: server.session.login, details: { severity: 4 } })
      expect(found.map(({ at }) => at)).toEqual(found.map(({ at }) => at).sort((a, b) => b - a))
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.alertHistory('~1', signal),
    ),
  },
}
