import type { HiveEvent } from '../control/event-log.ts'
import type { Body } from '../http/body.ts'
import type { Reply } from '../http/reply.ts'
import type { Route } from '../http/router.ts'
import type { ServerKind } from '../state/server-kind.ts'
import { documentPath, loadDocument } from './document.ts'
import { createValidator, type Validator } from './validator.ts'

/** A request of the client, or a reply of the stand-in, that the API document does not allow. */
export type Violation = {
  n: number
  side: 'request' | 'response'
  method: string
  path: string
  errors: string[]
}

/** The first this many errors of a violation are kept. */
const shown = 10

type Loaded = { validator: Validator } | { absent: string }

const validators = new Map<string, Loaded>()

/** Reading the document and compiling its schemas takes longer than most tests: it is done once a process. */
function validatorOf(path: string): Loaded {
  const known = validators.get(path)
  if (known !== undefined) return known
  const loaded = loadDocument(path)
  const made = 'document' in loaded ? { validator: createValidator(loaded.document) } : loaded
  validators.set(path, made)
  return made
}

/** Watches the traffic; never changes it. */
export function createValidation({ flavour }: Pick<ServerKind, 'flavour'>) {
  const loaded =
    flavour === 'thehive5'
      ? validatorOf(documentPath())
      : { absent: 'The API document describes TheHive 5 alone' }
  const validator = 'validator' in loaded ? loaded.validator : undefined
  const violations: Violation[] = []
  const note = (event: HiveEvent, side: Violation['side'], errors: string[]) => {
    if (errors.length === 0) return
    violations.push({
      n: event.n,
      side,
      method: event.method,
      path: event.path,
      errors: errors.slice(0, shown),
    })
  }
  return {
    /** Why nothing is validated; undefined when the document is there. */
    absent: 'absent' in loaded ? loaded.absent : undefined,
    violations: () => [...violations],
    clear: () => {
      violations.length = 0
    },
    request: (event: HiveEvent, route: Route, { body, query }: { body: Body; query: URLSearchParams }) => {
      if (!validator) return
      const errors = [...validator.parameterErrors(route, query), ...validator.requestErrors(route, body)]
      note(event, 'request', errors)
    },
    response: (event: HiveEvent, route: Route, reply: Reply) => {
      if (validator) note(event, 'response', responseErrors(validator, route, reply))
    },
  }
}

export type Validation = ReturnType<typeof createValidation>

function responseErrors(
  validator: Validator,
  route: Route,
  { status, headers, body, elementSchema, without }: Reply,
): string[] {
  if (body !== undefined && typeof body !== 'string') return []
  if (headers?.['Content-Type']?.startsWith('text/plain')) return []
  const value: unknown = body === undefined ? undefined : JSON.parse(body)
  if (elementSchema === undefined || !Array.isArray(value))
    return validator.responseErrors(route, status, value)
  return value.flatMap((element) => validator.componentErrors(elementSchema, element, without))
}
