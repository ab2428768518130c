import { expect } from 'vitest'
import { isTypedWhenTheServerFails, made } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'
import { searchFor } from './find-alerts.ts'

export const countAlerts: ContractOperation = {
  name: 'Count alerts',
  family: 'Alerts',
  success: {
    'says how many there are': async (harness) => {
      const before = (await harness.server.countAlerts(signal)) ?? NaN
      await made(harness)
      expect(await harness.server.countAlerts(signal)).toBe(before + 1)
      expect(before).toBeGreaterThanOrEqual(harness.alerts)
    },
    'says how many fit a filter, and nothing where it cannot be asked all of it': async (harness) => {
      const { sourceRef } = await made(harness)
      expect(await harness.server.countAlerts(signal, searchFor(`ref:${sourceRef}`))).toBe(1)
      expect(await harness.server.countAlerts(signal, searchFor('description:invoice'))).toBeUndefined()
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.countAlerts(signal),
    ),
  },
}
