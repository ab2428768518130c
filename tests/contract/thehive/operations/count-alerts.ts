import { expect } from 'vitest'
import { isTypedWhenTheServerFails, made } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

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
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.countAlerts(signal),
    ),
  },
}
