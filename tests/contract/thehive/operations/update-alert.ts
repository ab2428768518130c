import { expect } from 'vitest'
import { isForbiddenToReaders, isRefused, made, nobodysId, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const updateAlert: ContractOperation = {
  name: 'Change an alert',
  family: 'Alerts',
  ability: 'updateAlert',
  success: {
    'changes the named fields only': async (harness) => {
      const before = await made(harness)
      const change = { severity: 3, tlp: 'clear', title: 'Now known' } as const
      await harness.server.updateAlert(
        before.id,
        { ...change, addTags: ['x', 'x'], removeTags: ['mail'] },
        signal,
      )
      const after = await now(harness, before.id)
      expect(after).toMatchObject({
        ...change,
        tags: ['x'],
        pap: before.pap,
        description: before.description,
      })
      expect(after.updatedAt ?? 0).toBeGreaterThanOrEqual(before.createdAt)
      expect(after.updatedBy).toBe(harness.server.session.login)
    },
    'gives every marking its meaning back': async (harness) => {
      const { id } = await made(harness)
      for (const tlp of harness.server.session.capabilities.tlps) {
        await harness.server.updateAlert(id, { tlp }, signal)
        expect((await now(harness, id)).tlp).toBe(tlp)
      }
    },
    'may be repeated without harm': async (harness) => {
      const { id } = await made(harness)
      const change = { addTags: ['once'], removeTags: ['mail'], severity: 4 } as const
      const mutable = { ...change, addTags: [...change.addTags], removeTags: [...change.removeTags] }
      for (let at = 0; at < 2; at++) await harness.server.updateAlert(id, mutable, signal)
      expect(await now(harness, id)).toMatchObject({ tags: ['once'], severity: 4 })
    },
  },
  failure: {
    'of an alert that is gone is not-found': isRefused(
      ({ target }, server) => server.updateAlert(nobodysId(target), { severity: 4 }, signal),
      'not-found',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) =>
      reader.updateAlert((await made(harness)).id, { severity: 4 }, signal),
    ),
  },
}
