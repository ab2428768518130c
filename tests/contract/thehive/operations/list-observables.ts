import { expect } from 'vitest'
import { addDomains, isTypedWhenTheServerFails, made } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const listObservables: ContractOperation = {
  name: 'List the observables of an alert',
  family: 'Observables',
  success: {
    'brings all of them, or none': async (harness) => {
      const { id } = await made(harness)
      expect(await harness.server.observables(id, signal)).toEqual([])
      await addDomains(harness, id, 'one.example', 'two.example')
      const found = await harness.server.observables(id, signal)
      expect(found.map(({ data }) => data).sort()).toEqual(['one.example', 'two.example'])
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.observables('~1', signal),
    ),
  },
}
