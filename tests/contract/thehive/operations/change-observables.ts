import { expect } from 'vitest'
import { addDomains, isForbiddenToReaders, isRefused, made, nobodysId } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'
import type { Harness } from '../harness.ts'

async function withDomains(harness: Harness, ...data: string[]) {
  const { id: alertId } = await made(harness)
  const ids = await addDomains(harness, alertId, ...data)
  return { alertId, ids, id: ids[0] ?? '' }
}

/** The observables as they are now, by their data. Their ids may be new where an alert holds them inside. */
const nowIn = async ({ server }: Harness, alertId: string) =>
  (await server.observables(alertId, signal)).sort((a, b) => ((a.data ?? '') < (b.data ?? '') ? -1 : 1))

export const updateObservable: ContractOperation = {
  name: 'Change an observable',
  family: 'Observables',
  ability: 'changeObservable',
  success: {
    'changes the named fields only': async (harness) => {
      const { alertId, id } = await withDomains(harness, 'one.example')
      const change = { ioc: false, tlp: 'green', message: 'seen again' } as const
      const edits = { ...change, addTags: ['c2', 'c2'], removeTags: ['seen'] }
      await harness.server.updateObservable({ alertId, id }, edits, signal)
      const [after] = await nowIn(harness, alertId)
      expect(after).toMatchObject({ ...change, tags: ['c2'], sighted: true, data: 'one.example' })
    },
  },
  failure: {
    'that is gone is refused': isRefused(
      async (harness, server) => {
        const target = { alertId: (await made(harness)).id, id: nobodysId(harness.target) }
        return server.updateObservable(target, { ioc: true }, signal)
      },
      'not-found',
      'forbidden',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { alertId, id } = await withDomains(harness, 'one.example')
      return reader.updateObservable({ alertId, id }, { ioc: false }, signal)
    }),
  },
}

export const updateObservables: ContractOperation = {
  name: 'Change many observables at once',
  family: 'Observables',
  ability: 'changeObservable',
  success: {
    'changes each, and answers for each in the order asked': async (harness) => {
      const { alertId, ids } = await withDomains(harness, 'a.example', 'b.example', 'c.example')
      const some = [ids[2] ?? '', ids[0] ?? '']
      const results = await harness.server.updateObservables(
        alertId,
        some,
        { ioc: false, addTags: ['x'] },
        signal,
      )
      expect(results).toEqual(some.map((id) => ({ id })))
      const after = await nowIn(harness, alertId)
      expect(after.map(({ ioc }) => ioc)).toEqual([false, true, false])
      expect(after.map(({ tags }) => tags.includes('x'))).toEqual([true, false, true])
    },
  },
  failure: {
    'names the one that is gone; the others change': async (harness) => {
      const { alertId, id } = await withDomains(harness, 'a.example')
      const ids = [nobodysId(harness.target), id]
      const results = await harness.server.updateObservables(alertId, ids, { ioc: false }, signal)
      expect(results).toMatchObject([{ id: ids[0], error: { kind: 'not-found' } }, { id }])
      expect(results[1]?.error).toBeUndefined()
      expect((await nowIn(harness, alertId))[0]?.ioc).toBe(false)
    },
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { alertId, id } = await withDomains(harness, 'one.example')
      const results = await reader.updateObservables(alertId, [id], { ioc: false }, signal)
      throw results[0]?.error
    }),
  },
}

export const deleteObservable: ContractOperation = {
  name: 'Delete an observable',
  family: 'Observables',
  ability: 'manageObservable',
  success: {
    'takes this one and no other': async (harness) => {
      const { alertId, id } = await withDomains(harness, 'a.example', 'b.example')
      await harness.server.deleteObservable({ alertId, id }, signal)
      expect((await nowIn(harness, alertId)).map(({ data }) => data)).toEqual(['b.example'])
    },
    'is done when it is gone already': async (harness) => {
      const { alertId, id } = await withDomains(harness, 'a.example')
      for (let at = 0; at < 2; at++) await harness.server.deleteObservable({ alertId, id }, signal)
    },
  },
  failure: {
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { alertId, id } = await withDomains(harness, 'one.example')
      return reader.deleteObservable({ alertId, id }, signal)
    }),
  },
}
