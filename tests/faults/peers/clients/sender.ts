import type { Call } from '../decisions.ts'
import type { KeptMap } from './kept-map.ts'

/** The server will never take it: another try would be the same. */
export class Final extends Error {}

/** Ids the server gave for `local:…` ones, beside the queue in its file. */
const idKey = (local: string): string => `id:${local}`

type Sender = { url: string; kept: KeptMap }

/**
 * A decision as one request, as both libraries show it: a key against repetition in a header, the answer read to its end, 4xx final but for those
 * that ask for another try. It throws `Final`, or any other error for another try.
 */
export async function sendCall(call: Call, key: string, { url, kept }: Sender): Promise<void> {
  const path = call.path.replace(/local:[\w-]+/g, (local) => {
    const id = kept.map.get(idKey(local))
    if (id === undefined) throw new Final(`${local} was never made`)
    return id
  })
  const { status, text } = await ask(url + path, call, key)
  if (status >= 300) throw refusal(status)
  // Nothing, or JSON; a page of somebody else's is neither.
  const answer = (text === '' ? {} : JSON.parse(text)) as { _id?: string }
  if (call.makes === undefined) return
  if (answer._id === undefined) throw new Error('The answer names no id')
  kept.map.set(idKey(call.makes), answer._id)
  kept.save()
}

async function ask(address: string, { method, body }: Call, key: string) {
  const headers = {
    ...{ authorization: 'Bearer ana-key', 'content-type': 'application/json' },
    'idempotency-key': key,
  }
  try {
    const response = await fetch(address, { method, headers, body: JSON.stringify(body) })
    return { status: response.status, text: await response.text() }
  } catch (cause) {
    throw new Error('No complete answer came', { cause })
  }
}

const asksForAnother: readonly number[] = [408, 425, 429]

function refusal(status: number): Error {
  const words = `TheHive answered ${status}`
  return status >= 400 && status < 500 && !asksForAnother.includes(status)
    ? new Final(words)
    : new Error(words)
}
