import { expect } from 'vitest'
import { domains, isForbiddenToReaders, isRefused, made, marksOf, nobodysId } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const addValues: ContractOperation = {
  name: 'Add values to an alert',
  family: 'Observables',
  ability: 'manageObservable',
  success: {
    'several at once, with their marks': async (harness) => {
      const { server, target } = harness
      const { id } = await made(harness)
      const marks = { ...marksOf(target), message: 'from the log' }
      const item = { values: domains('one.example', 'two.example'), marks }
      const { added, failed } = await server.addValues(id, item, signal)
      expect(failed).toEqual([])
      expect(added.map(({ data }) => data)).toEqual(['one.example', 'two.example'])
      expect(added[0]).toMatchObject({ ...marks, dataType: 'domain' })
      expect(await server.observables(id, signal)).toHaveLength(2)
    },
  },
  failure: {
    'tells what is there already from what failed': async (harness) => {
      const { server, target } = harness
      const marks = marksOf(target)
      const { id } = await made(harness)
      await server.addValues(id, { values: domains('one.example'), marks }, signal)
      const both = { values: domains('one.example', 'two.example'), marks }
      const some = await server.addValues(id, both, signal)
      expect(some.added.map(({ data }) => data)).toEqual(['two.example'])
      expect(some.failed).toMatchObject([{ data: 'one.example', alreadyThere: true }])
      const all = await server.addValues(id, both, signal)
      expect(all.added).toEqual([])
      expect(all.failed.map(({ alreadyThere }) => alreadyThere)).toEqual([true, true])
      expect(await server.observables(id, signal)).toHaveLength(2)
    },
    'of an unknown type is refused, where the server looks': async (harness) => {
      const { server, target } = harness
      const { id } = await made(harness)
      const values = [{ dataType: 'no-such-type', data: 'x' }]
      const refused = await server
        .addValues(id, { values, marks: marksOf(target) }, signal)
        .then(({ added, failed }) => added.length === 0 && failed.every(({ alreadyThere }) => !alreadyThere))
        .catch(({ kind }: { kind?: string }) => kind === 'rejected' || kind === 'not-found')
      // TheHive 3 keeps whatever an alert is given.
      expect(refused).toBe(target.flavour !== 'thehive3')
    },
    'to an alert that is gone is refused': isRefused(
      ({ target }, server) =>
        server.addValues(
          nobodysId(target),
          { values: domains('one.example'), marks: marksOf(target) },
          signal,
        ),
      'not-found',
      'forbidden',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const item = { values: domains('one.example'), marks: marksOf(harness.target) }
      return reader.addValues((await made(harness)).id, item, signal)
    }),
  },
}
