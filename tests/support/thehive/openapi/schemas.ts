import type { Document, Schema } from './document.ts'

const nullable = (schema: unknown): Schema => ({ anyOf: [schema, { type: 'null' }] })

/** Keys TheHive lets an update clear with null though the document says text. */
const clearable: Record<string, string[]> = {
  InputUpdateCase: ['summary', 'assignee', 'impactStatus'],
  InputUpdateAlert: ['summary', 'assignee', 'externalLink'],
  InputUpdateAlertWithIds: ['summary', 'assignee', 'externalLink'],
}

/**
 * The document's schemas, mended where it contradicts the server and itself (the README lists each):
 * query operations are told apart by `_name`, updates may clear, and an input's unknown key is refused although the
 * server ignores it, because a client that sends one is mistaken.
 */
export function mendSchemas(document: Document): Record<string, Schema> {
  const schemas: Record<string, Schema> = structuredClone(document.components.schemas)
  for (const [name, schema] of Object.entries(schemas)) {
    const properties = schema.properties as Record<string, Schema> | undefined
    if (!name.startsWith('Input') || !properties) continue
    for (const key of clearable[name] ?? []) properties[key] = nullable(properties[key])
    schema.additionalProperties ??= false
  }
  schemas.InputQueryNamedOperation = queryOperation
  // An empty list, or one of whole numbers, is a list of integers and of floats at once.
  for (const name of ['OutputCustomField_options', 'InputCreateObservable_attachment']) {
    const { oneOf, ...rest } = schemas[name] ?? {}
    schemas[name] = { ...rest, anyOf: oneOf }
  }
  // `has` is in the prose but not among the schemas, and the other filters overlap: the evaluator judges filters.
  schemas.Filter = { type: 'object' }
  return schemas
}

const queryOperation: Schema = {
  type: 'object',
  required: ['_name'],
  properties: { _name: { type: 'string' } },
  allOf: [
    {
      if: { properties: { _name: { const: 'page' } } },
      then: { $ref: '#/components/schemas/InputQueryPagingOperation' },
    },
    {
      if: { properties: { _name: { const: 'sort' } } },
      then: { required: ['_fields'], properties: { _fields: { type: 'array', items: { type: 'object' } } } },
    },
    {
      if: { properties: { _name: { pattern: '^get' } } },
      then: { required: ['idOrName'], properties: { idOrName: { type: 'string' } } },
    },
  ],
}
