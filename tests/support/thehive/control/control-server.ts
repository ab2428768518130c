import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json as readJson } from 'node:stream/consumers'
import { loopback, type OfflineMode } from '../http/listener.ts'
import type { Validation } from '../openapi/validation.ts'
import type { EventLog } from './event-log.ts'
import type { Faults, FaultSettings } from './faults.ts'

export type Controlled = {
  log: EventLog
  faults: Faults
  validation: Validation | undefined
  goOffline: (mode?: OfflineMode) => Promise<void>
  goOnline: () => Promise<void>
  reset: (what?: { state?: boolean }) => void
}

type Answer = (controlled: Controlled, url: URL, body: unknown) => unknown

const done = { ok: true }

const answers: Record<string, Answer> = {
  'GET /events': ({ log }, url) => log.events(Number(url.searchParams.get('after') ?? 0)),
  'GET /effects': ({ log }) => log.effects(),
  'GET /violations': ({ validation }) => validation?.violations() ?? [],
  'GET /faults': ({ faults }) => faults.pending(),
  'POST /faults': ({ faults }, _, body) => {
    faults.set((body ?? {}) as FaultSettings)
    return done
  },
  'DELETE /faults': ({ faults }) => {
    faults.clear()
    return done
  },
  'POST /offline': async ({ goOffline }, _, body) => {
    const { mode = 'refuse' } = (body ?? {}) as { mode?: OfflineMode }
    if (mode !== 'refuse' && mode !== 'destroy') throw new Error('mode is refuse or destroy')
    await goOffline(mode)
    return done
  },
  'POST /online': async ({ goOnline }) => {
    await goOnline()
    return done
  },
  'POST /reset': ({ reset }, _, body) => {
    reset((body ?? {}) as { state?: boolean })
    return done
  },
}

/** The switches, on a port of their own so that the API's port answers nothing but the API. */
export async function startControl(controlled: Controlled, port: number) {
  const server = createServer((request, response) => {
    void answer(controlled, request).then(({ status, value }) => {
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, resolve)
  })
  return {
    url: `http://${loopback}:${(server.address() as AddressInfo).port}/__standin`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(controlled: Controlled, request: IncomingMessage) {
  const url = new URL(request.url ?? '/', 'http://control')
  const path = url.pathname.replace(/^\/__standin/, '')
  const found = answers[`${request.method} ${path}`]
  if (!found)
    return { status: 404, value: { error: `no ${request.method} ${path}`, known: Object.keys(answers) } }
  try {
    const hasBody =
      request.headers['content-length'] !== undefined && request.headers['content-length'] !== '0'
    return { status: 200, value: await found(controlled, url, hasBody ? await readJson(request) : undefined) }
  } catch (error) {
    return { status: 400, value: { error: String(error) } }
  }
}
