import { expect } from 'vitest'
import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { CustomFieldDefinition } from '#shared/model/catalog.ts'
import { freshCase, isForbiddenToReaders } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

const fieldOf = (definition: CustomFieldDefinition, value: CustomFieldValue['value']): CustomFieldValue => ({
  ...{ name: definition.name, type: definition.type, order: 0 },
  value,
})

const byName = (values: readonly CustomFieldValue[] = []) =>
  Object.fromEntries(values.map(({ name, value }) => [name, value]))

export const caseCustomFields: ContractOperation = {
  name: 'Write the custom fields of a case',
  family: 'Cases',
  ability: 'updateCase',
  success: {
    'as a full set: repeated it changes nothing, and what is left out is gone': async ({ server }) => {
      const definitions = (await server.catalog(signal)).customFields
      const [one, two] = definitions.filter(({ type, options }) => type === 'string' && options.length === 0)
      const number = definitions.find(({ type }) => type === 'integer' || type === 'number')
      if (one === undefined || number === undefined) throw new Error('a text and a number are needed')
      const { id } = await server.createCase(freshCase(), signal)
      const both = [fieldOf(one, 'north'), fieldOf(number, 7)]
      for (let at = 0; at < 2; at++) await server.updateCase(id, { customFields: both }, signal)
      expect(byName((await server.case(id, signal))?.customFields)).toEqual(byName(both))
      const left = [fieldOf(two ?? number, two === undefined ? 8 : 'south')]
      await server.updateCase(id, { customFields: left }, signal)
      expect(byName((await server.case(id, signal))?.customFields)).toEqual(byName(left))
    },
    'together with closing it': async ({ server }) => {
      const { customFields, caseStatuses } = await server.catalog(signal)
      const field = customFields.find(({ type, options }) => type === 'string' && options.length === 0)
      const closed = caseStatuses.find(({ stage, hidden }) => stage === 'Closed' && !hidden)
      if (field === undefined || closed === undefined) throw new Error('a field and a status are needed')
      const { id } = await server.createCase(freshCase(), signal)
      const wanted = { status: closed.value, customFields: [fieldOf(field, 'named')] }
      await server.updateCase(id, wanted, signal)
      expect(await server.case(id, signal)).toMatchObject({
        ...{ stage: 'Closed', status: closed.value },
        customFields: [{ name: field.name, value: 'named' }],
      })
    },
  },
  failure: {
    'are forbidden to readers': isForbiddenToReaders(async ({ server }, reader) =>
      reader.updateCase((await server.createCase(freshCase(), signal)).id, { customFields: [] }, signal),
    ),
  },
}
