import { ForagerError } from '#shared/errors/forager-error.ts'
import { wellFormed } from '#shared/util/well-formed.ts'

/** Bytes hold whole characters only; halves come as escapes. */
const halfPair = /\\u[dD][89a-fA-F]/

/**
 * The JSON of a successful answer.
 * @throws ForagerError `unexpected-shape` (`sent`: the server did take the request) for HTML, broken or empty text
 */
export function parseJson(body: Uint8Array, host: string): unknown {
  const text = new TextDecoder().decode(body)
  try {
    const value: unknown = JSON.parse(text)
    return halfPair.test(text) ? wellFormed(value) : value
  } catch (cause) {
    const html = /^\s*</.test(text)
    const what = html ? 'a web page' : text.trim() === '' ? 'nothing' : 'text that is not JSON'
    throw unexpectedShape(`${host} answered with ${what} where JSON was due.`, cause)
  }
}

/**
 * A success whose body nobody reads is no success when something else than TheHive gave it: login pages come with 200.
 * @throws ForagerError `unexpected-shape` for a body that does not begin like JSON; an empty one passes
 */
export function refuseForeign(body: Uint8Array, host: string): void {
  const start = new TextDecoder().decode(body.subarray(0, 64)).trimStart()
  if (start === '' || /^[[{"\dtfn-]/.test(start)) return
  const what = start.startsWith('<') ? 'a web page' : 'text that is not JSON'
  throw unexpectedShape(`${host} answered with ${what} where JSON was due.`)
}

/** The server answered, and acted perhaps, but not in a form Forager understands. */
export function unexpectedShape(message: string, cause?: unknown): ForagerError {
  return new ForagerError('unexpected-shape', message, {
    next: 'A proxy or login page may be in the way, or the server is of a version Forager does not know yet.',
    details: { sent: true },
    ...(cause !== undefined && { cause }),
  })
}
