import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { Body } from '../http/body.ts'
import type { Document, Operation, Schema } from './document.ts'
import { partErrors } from './multipart.ts'
import { mendSchemas } from './schemas.ts'

const root = 'thehive'

/** `/api/v1/alert/{alertId}` and `/api/v1/alert/:id` name the same operation. */
const shape = (path: string) => path.replace(/\{[^}]+\}|:[^/]+/g, '{}')

type Place = { method: string; pattern: string }

export type Validator = {
  /** Whether the document has this operation. */
  knows: (place: Place) => boolean
  requestErrors: (place: Place, body: Body) => string[]
  /** Errors of the query string; the label of a query is free. */
  parameterErrors: (place: Place, query: URLSearchParams) => string[]
  responseErrors: (place: Place, status: number, body: unknown) => string[]
  /** Errors of `value` against a named component; keys in `without` may be missing. */
  componentErrors: (name: string, value: unknown, without?: ReadonlySet<string>) => string[]
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
  const none: ReadonlySet<string> = new Set()
  const errors = (schema: unknown, value: unknown, without = none): string[] => {
    const key = JSON.stringify(schema)
    const check = compiled.get(key) ?? ajv.compile(absolute(schema))
    compiled.set(key, check)
    if (check(value)) return []
    return (check.errors ?? [])
      .filter(
        ({ instancePath, params }) => instancePath !== '' || !without.has(String(params.missingProperty)),
      )
      .map(
        ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
      )
  }
  const find = ({ method, pattern }: Place) => operations.get(`${method} ${shape(pattern)}`)
  const componentErrors: Validator['componentErrors'] = (name, value, without) =>
    errors({ $ref: `#/components/schemas/${name}` }, value, without)
  /** A schema or the component it points at. */
  const resolve = (schema: Schema | undefined): Schema | undefined => {
    const [, name] = /^#\/components\/schemas\/(.+)$/.exec(String(schema?.$ref)) ?? []
    return name === undefined ? schema : document.components.schemas[name]
  }
  const multipartErrors = (schema: Schema | undefined, body: Body): string[] => {
    const resolved = resolve(schema)
    const wanted = (resolved?.properties as Record<string, unknown> | undefined)?._json
    const inJson = body.json === undefined || wanted === undefined ? [] : errors(wanted, body.json)
    return [...inJson, ...partErrors(resolved, body)]
  }
  return {
    knows: (place) => find(place) !== undefined,
    componentErrors,
    requestErrors: (place, body) => {
      const wanted = find(place)?.requestBody
      if (!wanted) return []
      if (body.files.size > 0 || body.texts.size > 0) {
        const multipart = wanted.content?.['multipart/form-data']
        if (!multipart) return ['/ multipart/form-data is not accepted here']
        return multipartErrors(multipart.schema as Schema | undefined, body)
      }
      if (body.json === undefined) return wanted.required ? ['/ a body is required'] : []
      const schema = wanted.content?.['application/json']?.schema
      return schema === undefined ? ['/ application/json is not accepted here'] : errors(schema, body.json)
    },
    parameterErrors: (place, query) => {
      const operation = find(place)
      if (!operation || place.pattern === '/api/v1/query') return []
      const known = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
      const missing = known.filter(({ name, required }) => required && !query.has(name))
      const unknown = [...query.keys()].filter((key) => !known.some(({ name }) => name === key))
      return [
        ...missing.map(({ name }) => `?${name} is required`),
        ...unknown.map((name) => `?${name} is no parameter of this request`),
      ]
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
