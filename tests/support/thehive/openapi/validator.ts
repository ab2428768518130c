import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Document, Operation } from './document.ts'
import { mendSchemas } from './schemas.ts'

const root = 'thehive'

/** `/api/v1/alert/{alertId}` and `/api/v1/alert/:id` name the same operation. */
const shape = (path: string) => path.replace(/\{[^}]+\}|:[^/]+/g, '{}')

type Place = { method: string; pattern: string }

export type Validator = {
  /** Whether the document has this operation. */
  knows: (place: Place) => boolean
  requestErrors: (
    place: Place,
    contentType: 'application/json' | 'multipart/form-data',
    body: unknown,
  ) => string[]
  responseErrors: (place: Place, status: number, body: unknown) => string[]
  /** Errors of `value` against a named component. */
  componentErrors: (name: string, value: unknown) => string[]
}

export function createValidator(document: Document): Validator {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false, unicodeRegExp: false })
  ajv.addSchema({ $id: root, components: { schemas: mendSchemas(document) } })
  const operations = new Map<string, Operation>()
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      operations.set(`${method.toUpperCase()} ${shape(path)}`, operation)
    }
  }
  const compiled = new Map<string, ValidateFunction>()
  const errors = (schema: unknown, value: unknown): string[] => {
    const key = JSON.stringify(schema)
    const check = compiled.get(key) ?? ajv.compile(absolute(schema))
    compiled.set(key, check)
    if (check(value)) return []
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    )
  }
  const find = ({ method, pattern }: Place) => operations.get(`${method} ${shape(pattern)}`)
  const componentErrors: Validator['componentErrors'] = (name, value) =>
    errors({ $ref: `#/components/schemas/${name}` }, value)
  return {
    knows: (place) => find(place) !== undefined,
    componentErrors,
    requestErrors: (place, contentType, body) => {
      const wanted = find(place)?.requestBody
      if (!wanted) return []
      if (body === undefined) return wanted.required ? ['/ a body is required'] : []
      const schema = wanted.content?.['application/json']?.schema
      const multipart = wanted.content?.['multipart/form-data']
      if (contentType === 'multipart/form-data' && !multipart)
        return ['/ multipart/form-data is not accepted here']
      return schema === undefined ? [] : errors(schema, body)
    },
    responseErrors: (place, status, body) => {
      const response = find(place)?.responses?.[String(status)]
      // 207 and 413 are known from elsewhere: the document has no word on them.
      if (!response) return []
      const schema = response.content?.['application/json']?.schema
      if (schema === undefined) return []
      return body === undefined ? ['/ a body is expected'] : errors(schema, body)
    },
  }
}

/** References of the document, seen from a schema outside it. */
function absolute(schema: unknown): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/', `"$ref":"${root}#/`)) as object
}
