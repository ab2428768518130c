import { expect } from 'vitest'
import { freshCase, isRefused, isTypedWhenTheServerFails, made } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const stream: ContractOperation = {
  name: 'Tell that something happened',
  family: 'Session',
  success: {
    'what happens after it was opened is told once': async (harness) => {
      const { server } = harness
      const { id } = await made(harness)
      const opened = await server.openStream(signal)
      await server.updateAlert(id, { severity: 4 }, signal)
      expect(await server.streamTold(opened, signal)).toBe(true)
      await server.createCase(freshCase(), signal)
      expect(await server.streamTold(opened, signal)).toBe(true)
    },
    'waits for what comes, and is told then': async (harness) => {
      const { server } = harness
      const opened = await server.openStream(signal)
      const waiting = server.streamTold(opened, signal)
      await made(harness)
      expect(await waiting).toBe(true)
    },
    'ends with the one who waits': async ({ server }) => {
      const opened = await server.openStream(signal)
      const leaving = new AbortController()
      const waiting = server.streamTold(opened, leaving.signal)
      leaving.abort()
      await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' })
    },
  },
  failure: {
    'a stream the server has forgotten is not found': isRefused(
      (_, server) => server.streamTold('A'.repeat(20), signal),
      'not-found',
    ),
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.openStream(signal),
    ),
  },
}
