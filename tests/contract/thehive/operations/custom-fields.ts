import { expect } from 'vitest'
import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { CustomFieldDefinition } from '#shared/model/catalog.ts'
import { isRefused, made, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

/** A value every type takes, other than the ones before. */
function valueFor({ type, options }: CustomFieldDefinition, at: number): CustomFieldValue['value'] {
  const [option] = options
  if (option !== undefined) return option
  if (type === 'boolean') return at % 2 === 0
  if (type === 'date') return 1_700_000_000_000 + at
  if (type === 'url') return `https://ticket.example/${at}`
  if (type === 'float') return at + 0.5
  return type === 'string' ? `value ${at}` : at
}

const plain = (values: readonly CustomFieldValue[]) =>
  values.map(({ name, value }) => [name, value]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))

export const customFields: ContractOperation = {
  name: 'Write the custom fields of an alert',
  family: 'Alerts',
  ability: 'alertCustomFields',
  success: {
    'of every type, with the alert and after': async (harness) => {
      const { server } = harness
      const definitions = (await server.catalog(signal)).customFields
      const values = (from: number): CustomFieldValue[] =>
        definitions.map((each, at) => ({
          name: each.name,
          type: each.type,
          value: valueFor(each, from + at),
          order: at,
        }))
      const { id, customFields: created } = await made(harness, { customFields: values(0) })
      expect(plain(created)).toEqual(plain(values(0)))
      await server.updateAlert(id, { customFields: values(100) }, signal)
      expect(plain((await now(harness, id)).customFields)).toEqual(plain(values(100)))
    },
    'as a full set: repeated it changes nothing, and what is left out is gone': async (harness) => {
      const { server } = harness
      const [first, second] = (await server.catalog(signal)).customFields.filter(
        ({ options }) => options.length === 0,
      )
      if (first === undefined || second === undefined) throw new Error('two custom fields are needed')
      const field = (definition: CustomFieldDefinition) => {
        const { name, type } = definition
        return { name, type, value: valueFor(definition, 7), order: 0 }
      }
      const { id } = await made(harness, { customFields: [field(first), field(second)] })
      for (let at = 0; at < 2; at++) await server.updateAlert(id, { customFields: [field(second)] }, signal)
      expect(plain((await now(harness, id)).customFields)).toEqual(plain([field(second)]))
    },
  },
  failure: {
    'the server does not know is refused, where the server looks': async (harness) => {
      const unknown = { name: 'no-such-field', type: 'string', value: 'x' }
      const { id } = await made(harness)
      const write = () => harness.server.updateAlert(id, { customFields: [unknown] }, signal)
      // TheHive 3 keeps whatever an alert is given.
      if (harness.target.flavour !== 'thehive3') return isRefused(write, 'rejected', 'not-found')(harness)
      await write()
      expect((await now(harness, id)).customFields).toMatchObject([unknown])
    },
  },
}
