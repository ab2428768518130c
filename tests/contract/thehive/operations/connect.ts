import { expect } from 'vitest'
import { canDo, sessionSchema } from '#shared/model/session.ts'
import type { ContractOperation } from '../contract.ts'
import { keys } from '../harness.ts'

export const connect: ContractOperation = {
  name: 'Connect, with capabilities',
  family: 'Session',
  success: {
    'tells who we are and what we may do': async ({ server, target }) => {
      const { capabilities, ...session } = sessionSchema.parse(server.session)
      expect(session).toMatchObject({ flavour: target.flavour, version: target.version })
      for (const ability of ['createAlert', 'updateAlert', 'importAlert', 'manageObservable'] as const)
        expect(canDo(capabilities, ability)).toBe(true)
      expect(capabilities.tlps.at(-1)).toBe('red')
    },
    'tells a reader in words what is missing': async ({ connectAs }) => {
      const reader = await connectAs(keys.reader)
      const { capabilities } = reader.session
      await reader.close()
      for (const ability of ['createAlert', 'updateAlert', 'importAlert', 'manageObservable'] as const)
        expect(canDo(capabilities, ability)).toMatch(/\w+ \w+/)
    },
  },
  failure: {
    'with a wrong key is unauthorised, and the key is never repeated': async ({ connectAs }) => {
      const failure: unknown = await connectAs('wrong-key-9f8e7d').catch((thrown: unknown) => thrown)
      expect(failure).toMatchObject({ kind: 'unauthorised' })
      expect(JSON.stringify(failure) + String(failure)).not.toContain('9f8e7d')
    },
  },
}
