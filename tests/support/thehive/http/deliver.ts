import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { FaultRule } from '../control/faults.ts'
import type { Reply } from './reply.ts'

/** Sends a reply, spoiled as the fault wants. */
export async function deliver(
  response: ServerResponse,
  reply: Reply,
  fault: FaultRule | undefined,
): Promise<void> {
  const { status, headers, body } = spoil(reply, fault)
  if (fault?.action === 'truncate' && typeof body === 'string') return sendHalf(response, { status, body })
  response.writeHead(status, { ...contentHeaders(body), ...headers })
  if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) response.end(body)
  else await pipeline(body, response)
}

function contentHeaders(body: Reply['body']): Record<string, string> {
  if (body === undefined) return {}
  const length = typeof body === 'string' || Buffer.isBuffer(body) ? Buffer.byteLength(body) : undefined
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }
  if (length !== undefined) headers['Content-Length'] = String(length)
  return headers
}

function sendHalf(response: ServerResponse, { status, body }: { status: number; body: string }): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': bytes.length })
  response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy())
}

function spoil(reply: Reply, fault: FaultRule | undefined): Reply {
  if (typeof reply.body !== 'string') return reply
  if (fault?.action === 'malformed-json')
    return { ...reply, body: reply.body.slice(0, reply.body.length >> 1) }
  if (fault?.action === 'wrong-type') return { ...reply, body: retype(reply.body, fault.field ?? 'severity') }
  return reply
}

/** Gives `field` of the middle element of a list (or of the object itself) a value of another type. */
function retype(body: string, field: string): string {
  const value: unknown = JSON.parse(body)
  const target: unknown = Array.isArray(value) ? value[value.length >> 1] : value
  if (typeof target !== 'object' || target === null) return body
  const fields = target as Record<string, unknown>
  fields[field] = typeof fields[field] === 'string' ? 42 : 'not what you expect'
  return JSON.stringify(value)
}

/** The reply of a server or proxy in trouble. */
export function troubleReply(fault: FaultRule): Reply {
  if (fault.action === 'html') {
    const body = '<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>'
    return { status: fault.status ?? 502, headers: { 'Content-Type': 'text/html', ...fault.headers }, body }
  }
  const body = JSON.stringify({ type: 'InternalError', message: 'The server is in trouble' })
  return { status: fault.status ?? 503, headers: fault.headers, body }
}
