import { expect } from 'vitest'
import { isForbiddenToReaders, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { freshInput, signal } from '../harness.ts'
import { noInline } from '../inputs.ts'

export const createAlert: ContractOperation = {
  name: 'Create an alert',
  family: 'Alerts',
  success: {
    'is stored as given, markings by meaning': async (harness) => {
      const { server } = harness
      for (const tlp of server.session.capabilities.tlps) {
        const input = freshInput({ tlp, severity: 4, tags: ['a', 'b', 'a'], date: 1_700_000_000_000 })
        const { customFields: _, pap: __, ...given } = input
        const { id } = await server.createAlert(input, noInline, signal)
        expect(await now(harness, id)).toMatchObject({ ...given, tags: ['a', 'b'], stage: 'New' })
      }
    },
  },
  failure: {
    'that exists already is a conflict that names the twin': async ({ server }) => {
      const input = freshInput()
      const first = await server.createAlert(input, noInline, signal)
      await expect(server.createAlert(input, noInline, signal)).rejects.toMatchObject({
        kind: 'conflict',
        details: { twinId: first.id },
      })
    },
    'is forbidden to readers': isForbiddenToReaders((_, reader) =>
      reader.createAlert(freshInput(), noInline, signal),
    ),
  },
}
