import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { decoded } from './content-encoding.ts'
import type { Refusal } from './status-errors.ts'

/** A refusal's text is for people: more of it would only be a page of HTML. */
const shownCharacters = 500
/** So many of several reasons are named. */
const shownReasons = 5
const readBytes = 64 * 1024

type Answer = { statusCode: number; headers: IncomingHttpHeaders; body: Readable }

/** Reads what a server says with a refusal. A body that cannot be read, or is not TheHive's, leaves the status to speak. */
export async function readRefusal(
  answer: Answer,
  host: string,
  secrets: readonly string[],
): Promise<Refusal> {
  const { headers, statusCode: status } = answer
  const said = read(await beginning(answer, host), headers['content-type'])
  return {
    status,
    host,
    serverType: shown(said.type, secrets),
    serverMessage: shown(said.message, secrets),
    retryAfter: headers['retry-after'],
    location: headers.location,
  }
}

/**
 * The errors of an answer with status 207 that names nothing else (api.md §6.3): some of what was asked did not happen.
 * Undefined when it says of each item what became of it.
 */
export function partialRefusal(
  body: Uint8Array,
  host: string,
  secrets: readonly string[],
): Refusal | undefined {
  const { type, message } = read(Buffer.from(body).toString('utf8'), undefined)
  if (type !== 'MultiError') return undefined
  return { status: 207, host, serverType: type, serverMessage: shown(message, secrets) }
}

async function beginning({ body, headers }: Answer, host: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of decoded(body, headers['content-encoding'], host) as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size >= readBytes) break
    }
  } catch {
    // The status has already said no; a body that breaks off adds nothing to that.
    return ''
  }
  return Buffer.concat(chunks).toString('utf8', 0, readBytes)
}

type Said = { type?: string | undefined; message?: string | undefined }

/** Every form of api.md §6.3: an object, a list of them (a bulk call that failed altogether), or TheHive 3's plain text. */
function read(text: string, contentType: string | undefined): Said {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    const plain = contentType?.startsWith('text/plain') === true && !/^\s*</.test(text)
    return plain ? { message: text.trim() } : {}
  }
  if (!Array.isArray(value)) return readObject(value)
  const all = value.map(readObject)
  const types = new Set(all.map(({ type }) => type))
  return {
    type: types.size === 1 ? all[0]?.type : undefined,
    message: joined(all.map((each) => each.message)),
  }
}

/**
 * `message`, or TheHive 3's `error` of several; then what was wrong with each field (`errors`, for which TheHive 3 gives no
 * message at all) or part (`suberrors`).
 */
function readObject(value: unknown): Said {
  if (typeof value !== 'object' || value === null) return {}
  const { type, message, error, errors, suberrors } = value as Readonly<Record<string, unknown>>
  const parts = [...listOf(errors), ...listOf(suberrors)].map(readPart)
  return {
    type: textOf(type),
    message: joined([textOf(message) ?? textOf(error), joined(parts, '; ')], ': '),
  }
}

function readPart(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { name, message, type } = value as Readonly<Record<string, unknown>>
  return joined([textOf(name), textOf(message) ?? textOf(type)], ' – ')
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

function joined(texts: readonly (string | undefined)[], glue = '; '): string | undefined {
  const there = texts.filter((text) => text !== undefined).slice(0, shownReasons)
  return there.length === 0 ? undefined : there.join(glue)
}

/** Bounded, and without any secret a proxy or server may have echoed. */
function shown(value: string | undefined, secrets: readonly string[]): string | undefined {
  if (value === undefined || value === '') return undefined
  const clean = secrets.reduce((text, secret) => text.replaceAll(secret, '•••'), value)
  return clean.slice(0, shownCharacters)
}
