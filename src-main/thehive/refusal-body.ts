import type { IncomingHttpHeaders } from 'node:http'
import type { Refusal } from './status-errors.ts'

/** A refusal's text is for people: more of it would only be a page of HTML. */
const shownCharacters = 500
const readBytes = 64 * 1024

type Answer = { statusCode: number; headers: IncomingHttpHeaders; body: AsyncIterable<Uint8Array> }

/** Reads what a server says with a refusal. A body that cannot be read, or is not TheHive's, leaves the status to speak. */
export async function readRefusal(
  answer: Answer,
  host: string,
  secrets: readonly string[],
): Promise<Refusal> {
  const body = parse(await beginning(answer.body))
  const { 'retry-after': retryAfter, location } = answer.headers
  return {
    status: answer.statusCode,
    host,
    serverType: shown(body.type, secrets),
    serverMessage: shown(body.message, secrets),
    retryAfter,
    location,
  }
}

async function beginning(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.byteLength
      if (size >= readBytes) break
    }
  } catch {
    // The status has already said no; a body that breaks off adds nothing to that.
    return ''
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parse(text: string): { type?: unknown; message?: unknown } {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** Bounded, and without any secret a proxy or server may have echoed. */
function shown(value: unknown, secrets: readonly string[]): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined
  const clean = secrets.reduce((text, secret) => text.replaceAll(secret, '•••'), value)
  return clean.slice(0, shownCharacters)
}
