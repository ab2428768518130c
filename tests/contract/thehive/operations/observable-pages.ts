import { expect } from 'vitest'
import { observableSchema } from '#shared/model/observable.ts'
import { addDomains, isTypedWhenTheServerFails, made } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { allPages, newest, signal } from '../harness.ts'

export const observablePages: ContractOperation = {
  name: 'Find observables, page by page',
  family: 'Observables',
  success: {
    'brings each with the alert it belongs to, and none of cases': async (harness) => {
      const { server, readObservables } = harness
      const { id } = await made(harness)
      const data = `promoted-${Date.now()}.example`
      await addDomains(harness, id, data)
      const ofCase = await server.promote(id, {}, signal)
      const request = { ...newest, limit: 40 }
      const { items } = await allPages(
        request,
        (next) => server.observablePage(next, signal),
        readObservables,
      )
      items.forEach(({ observable }) => observableSchema.parse(observable))
      const found = items.filter(({ observable }) => observable.data === data)
      expect(found.map(({ alertId }) => alertId)).toEqual([id])
      expect(items.map(({ alertId }) => alertId)).not.toContain(ofCase.id)
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((_, server) =>
      server.observablePage(newest, signal),
    ),
  },
}
