import { Agent, request as open } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

/** A request, whole. */
export type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: Buffer }

/** The server's answer, whole. */
export type Answered = { status: number; headers: IncomingHttpHeaders; body: Buffer }

/** One request and the ways to treat it. */
export type Exchange = {
  received: Received
  response: ServerResponse
  /** Hands it to the server; each call is one delivery. */
  forward: () => Promise<Answered>
}

/** What changes something on the server; everything else only asks. */
export function isWrite({ method, path }: Pick<Received, 'method' | 'path'>): boolean {
  return method !== 'GET' && !(method === 'POST' && /\/(query|_search|_stats)(\?|$)/.test(path))
}

export async function wholeBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const agent = new Agent({ keepAlive: true, maxSockets: 8 })

/** Delivers a request to `target` and waits for the whole answer. */
export function deliverTo(target: string, received: Received): Promise<Answered> {
  const { method, path, body } = received
  const { 'transfer-encoding': _, connection: __, ...headers } = received.headers
  if (body.length > 0) headers['content-length'] = String(body.length)
  return new Promise((resolve, reject) => {
    const outgoing = open(target + path, { method, headers, agent }, (answer) => {
      wholeBody(answer).then(
        (whole) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: whole }),
        reject,
      )
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

/** Gives the server's answer on as it came. */
export function giveBack(response: ServerResponse, { status, headers, body }: Answered): void {
  const { 'transfer-encoding': _, connection: __, 'keep-alive': ___, ...kept } = headers
  response.writeHead(status, { ...kept, 'content-length': String(body.length) })
  response.end(body)
}
