import { expect } from 'vitest'
import { alertSchema } from '#shared/model/alert.ts'
import { isTypedWhenTheServerFails, made, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { allPages, newest, signal } from '../harness.ts'
import type { Harness } from '../harness.ts'

const alertsFrom = ({ server, readAlerts }: Harness, request = newest) =>
  allPages(request, (next) => server.alertPage(next, signal), readAlerts)

export const alertPages: ContractOperation = {
  name: 'Find alerts, page by page',
  family: 'Alerts',
  success: {
    'brings every alert once, newest first, however small the pages': async (harness) => {
      const { items, pages } = await alertsFrom(harness, { ...newest, limit: 7 })
      items.forEach((alert) => alertSchema.parse(alert))
      expect(pages).toBeGreaterThan(5)
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
      expect(items.length).toBeGreaterThanOrEqual(harness.alerts)
      const stamps = items.map(({ createdAt }) => createdAt)
      expect(stamps).toEqual([...stamps].sort((a, b) => b - a))
    },
    'can be moved to another thread': async ({ server }) => {
      const bytes = await server.alertPage({ ...newest, limit: 1 }, signal)
      const { buffer } = bytes
      expect(structuredClone(bytes, { transfer: [buffer as ArrayBuffer] }).length).toBeGreaterThan(0)
    },
    'brings what changed since a moment, oldest change first': async (harness) => {
      const changed = await made(harness)
      await harness.server.updateAlert(changed.id, { severity: 3 }, signal)
      const { updatedAt = 0 } = await now(harness, changed.id)
      const since = { ...newest, field: 'updatedAt', direction: 'asc' } as const
      const { items } = await alertsFrom(harness, { ...since, cursor: { stamp: updatedAt, skip: 0 } })
      expect(items.map(({ id }) => id)).toContain(changed.id)
      expect(items.every((alert) => (alert.updatedAt ?? 0) >= updatedAt)).toBe(true)
      const { items: all } = await alertsFrom(harness, since)
      expect(all.every((alert) => alert.updatedAt !== undefined)).toBe(true)
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.alertPage(newest, signal),
    ),
  },
}
