import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { deliverTo, giveBack, isWrite, wholeBody } from './exchange.ts'
import type { Exchange, Received } from './exchange.ts'
import type { Fault } from './faults.ts'
import type { Certificate } from '#tests/support/tls/self-signed.ts'

/** Which requests a fault strikes, counted from when it was armed. */
export type Plan = {
  fault: Fault
  /** The first that is struck: a number in the order of arrival, or the first that changes something. */
  from: number | 'write'
  /** Every later one too, until it is lifted; else this one alone. */
  lasting: boolean
}

/** `other` is what an impostor shows. */
export type Certificates = { own: Certificate; other: Certificate }

export type FaultProxy = Awaited<ReturnType<typeof startFaultProxy>>

type Armed = Plan & { seen: number; struck: number }

/** A proxy on loopback, over real sockets, that does to requests what it is told; what it is not told passes through whole. */
export async function startFaultProxy(options: { target: string; certificates?: Certificates | undefined }) {
  const { target, certificates } = options
  let armed: Armed | undefined
  const requests: { line: string; write: boolean }[] = []
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    // Whoever went away hears nothing: a proxy cannot mind.
    treat(request, response).catch(() => response.socket?.destroy())
  }
  const server =
    certificates === undefined ? createServer(handle) : createSecureServer(certificates.own, handle)
  const present = (which: 'own' | 'other'): void => {
    if (certificates === undefined || !('setSecureContext' in server)) return
    server.setSecureContext(certificates[which])
    server.closeAllConnections()
  }
  server.on('tlsClientError', () => {
    if (armed !== undefined) armed.struck += 1
  })
  const gate = gateOf(server)
  await gate.open()

  async function treat(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url: path = '/', headers } = request
    const received: Received = { method, path, headers, body: await wholeBody(request) }
    const write = isWrite(received)
    requests.push({ line: `${method} ${path}`, write })
    const exchange: Exchange = { received, response, forward: () => deliverTo(target, received) }
    const fault = struckBy(armed, write)
    if (fault?.strike !== undefined) return void (await fault.strike(exchange))
    if (fault !== undefined) return gate.shut()
    // A connection for each request, so that one can be refused.
    if (armed?.fault.strike === undefined && armed !== undefined) response.setHeader('connection', 'close')
    giveBack(response, await exchange.forward())
    if (isRefusedNext(armed)) response.on('close', () => void gate.shut())
  }

  return {
    url: `${certificates === undefined ? 'http' : 'https'}://127.0.0.1:${gate.port()}`,
    /** Everything that arrived, in order. */
    requests,
    arm: (plan: Plan): void => {
      armed = { ...plan, seen: 0, struck: 0 }
      if (plan.fault.impostor === true) present('other')
      else if (plan.fault.strike === undefined && plan.from === 0) gate.shut()
    },
    struck: (): number => armed?.struck ?? 0,
    lift: async (): Promise<void> => {
      if (armed?.fault.impostor === true) present('own')
      armed = undefined
      await gate.open()
    },
    stop: async (): Promise<void> => {
      gate.shut()
      await gate.closed()
    },
  }
}

function struckBy(armed: Armed | undefined, write: boolean): Fault | undefined {
  if (armed === undefined) return undefined
  const at = armed.seen++
  const begins = armed.from === 'write' ? write : at >= armed.from
  const strikes = armed.struck === 0 ? begins : armed.lasting
  if (!strikes) return undefined
  armed.struck += 1
  return armed.fault
}

/** The next request is the one that finds nobody. */
function isRefusedNext(armed: Armed | undefined): boolean {
  if (armed === undefined || armed.fault.strike !== undefined || armed.struck > 0) return false
  const next = typeof armed.from === 'number' && armed.seen === armed.from
  if (next) armed.struck += 1
  return next
}

/** Listens on one port of loopback, on and off. */
function gateOf(server: Server) {
  let port = 0
  let closing: Promise<unknown> = Promise.resolve()
  const listen = (): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject)
        port = (server.address() as AddressInfo).port
        resolve()
      })
    })
  return {
    port: () => port,
    open: async () => {
      await closing
      if (!server.listening) await listen()
    },
    shut: () => {
      if (server.listening) closing = new Promise((resolve) => server.close(resolve))
      server.closeAllConnections()
    },
    closed: () => closing,
  }
}
