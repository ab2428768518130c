import { buffer } from 'node:stream/consumers'
import { afterEach } from 'vitest'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { createV1Server } from '#main/thehive/v1/server.ts'
import { signal } from './harness.ts'
import { startWeb } from './start-web.ts'

/** `body` as JSON, or as it is where it is bytes or a stream; none at all when undefined. */
export type OddAnswer = { status?: number; headers?: Record<string, string>; body?: unknown }

/** By `METHOD /path`, without the query string. */
export type OddAnswers = Record<string, (body: string, request: IncomingMessage) => OddAnswer>

export type Noted = { key: string; url: string; body: string; headers: IncomingMessage['headers'] }

const user = {
  ...{ login: 'ana', name: 'Ana', organisation: 'acme', organisations: [] },
  permissions: ['manageAlert', 'manageObservable', 'manageComment'],
}

/** Servers that answer as no stand-in would: old versions, unusual wording, ill will. They stop with the test. */
export function oddServers() {
  const stops: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop()
  })

  async function start(answers: OddAnswers): Promise<{ url: string; noted: Noted[] }> {
    const noted: Noted[] = []
    const known: OddAnswers = {
      'GET /api/v1/user/current': () => ({ body: user }),
      'GET /api/v1/status': () => ({ body: { license: { isValid: true } } }),
      ...answers,
    }
    const answer = async (request: IncomingMessage): Promise<OddAnswer> => {
      const { url = '', headers, method } = request
      const key = `${method} ${url.replace(/\?.*/, '')}`
      const body = (await buffer(request)).toString()
      noted.push({ key, url, body, headers })
      const missing = { status: 404, body: { type: 'NotFoundError', message: key } }
      return known[key]?.(body, request) ?? missing
    }
    const { url, stop } = await startWeb((request, response) => {
      void answer(request).then(({ status = 200, headers, body }) => {
        response.writeHead(status, headers)
        if (isStream(body)) body.on('error', () => response.destroy()).pipe(response)
        else response.end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body))
      })
    })
    stops.push(stop)
    return { url, noted }
  }

  async function connect(
    answers: OddAnswers,
    options: {
      version?: string
      organisation?: string
      leftOut?: (row: { what: string; reason: string }) => void
    } = {},
  ): Promise<{ server: TheHiveServer; noted: Noted[]; url: string }> {
    const { url, noted } = await start(answers)
    const { version = '5.6.2', organisation, leftOut } = options
    const detection = { flavour: 'thehive5', version, url } as const
    const server = await createV1Server({ url, apiKey: 'k', organisation }, detection, signal, { leftOut })
    stops.unshift(() => server.close())
    noted.length = 0
    return { server, noted, url }
  }

  return { start, connect }
}

function isStream(body: unknown): body is Readable {
  return typeof body === 'object' && body !== null && 'pipe' in body
}

/** An alert, an observable, a case as TheHive 5 writes them, with nothing optional. */
export const wireAlert = {
  ...{ _id: '~1', _createdBy: 'ana', _createdAt: 1, type: 't', source: 's', sourceRef: 'r', title: 'x' },
  ...{ description: '', severity: 2, date: 1, tlp: 2, pap: 2, status: 'New', stage: 'New', tags: ['a', 'b'] },
}
export const wireObservable = (data: string) => ({
  ...{ _id: `~${data}`, _createdBy: 'ana', _createdAt: 1, dataType: 'domain', data, tlp: 2, pap: 2 },
})
export const wireCase = {
  ...{
    _id: '~7',
    _createdBy: 'ana',
    _createdAt: 1,
    number: 7,
    title: 'c',
    description: '',
    severity: 2,
    tags: [],
  },
  ...{ tlp: 2, pap: 2, status: 'New', stage: 'New', startDate: 1, flag: false },
}
