import { ForagerError } from '#shared/errors/forager-error.ts'

/**
 * The JSON of a successful answer.
 * @throws ForagerError `unexpected-shape` (`sent`: the server did take the request) for HTML, broken or empty text
 */
export function parseJson(body: Uint8Array, host: string): unknown {
  const text = new TextDecoder().decode(body)
  try {
    return JSON.parse(text)
  } catch (cause) {
    const html = /^\s*</.test(text)
    const what = html ? 'a web page' : text.trim() === '' ? 'nothing' : 'text that is not JSON'
    throw unexpectedShape(`${host} answered with ${what} where JSON was due.`, cause)
  }
}

/** The server answered, and acted perhaps, but not in a form Forager understands. */
export function unexpectedShape(message: string, cause?: unknown): ForagerError {
  return new ForagerError('unexpected-shape', message, {
    next: 'A proxy or login page may be in the way, or the server is of a version Forager does not know yet.',
    details: { sent: true },
    ...(cause !== undefined && { cause }),
  })
}
