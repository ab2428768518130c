import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startControl } from './control/control-server.ts'
import { createEventLog } from './control/event-log.ts'
import { createFaults, type FaultSettings } from './control/faults.ts'
import { createRouter } from './http/router.ts'
import { serve } from './http/serve.ts'
import { createValidation } from './openapi/validation.ts'
import { loadSeed } from './seed/load-seed.ts'
import { createClock } from './state/clock.ts'
import { createDefaultState } from './state/defaults.ts'
import { apiRoutes } from './v1/routes.ts'

export const loopback = '127.0.0.1'

export type StandInOptions = {
  /** 0, the default, takes any free port. */
  port?: number | undefined
  controlPort?: number | undefined
  /** The version the server claims; some rules depend on it. */
  version?: string | undefined
  /** How many alerts it starts with (0), drawn from `seed` (1), dated before `now` (ms, the real now). */
  alerts?: number | undefined
  seed?: number | undefined
  now?: number | undefined
  faults?: FaultSettings | undefined
  /** Check requests and replies against the API document; findings are violations, the traffic is untouched. */
  validate?: boolean | undefined
}

export type OfflineMode = 'refuse' | 'destroy'

export type StandIn = Awaited<ReturnType<typeof startStandIn>>

/** A TheHive 5 on loopback, with its state in this process. Rejects when a port is taken. */
export async function startStandIn(options: StandInOptions = {}) {
  let state = createState(options)
  const log = createEventLog()
  const faults = createFaults(options.faults)
  const validation = options.validate ? createValidation() : undefined
  const services = { state: () => state, find: createRouter(apiRoutes()), log, faults, validation }
  const server = createServer((request, response) => void serve(services, request, response))
  let mode: OfflineMode | undefined
  server.on('connection', (socket) => {
    if (mode === 'destroy') socket.resetAndDestroy()
  })
  await listen(server, options.port ?? 0)
  const { port } = server.address() as AddressInfo

  const goOffline = async (how: OfflineMode = 'refuse') => {
    mode = how
    server.closeAllConnections()
    if (how === 'refuse' && server.listening) await close(server)
  }
  const goOnline = async () => {
    mode = undefined
    if (!server.listening) await listen(server, port)
  }
  const reset = (what: { state?: boolean } = {}) => {
    log.clear()
    faults.clear()
    validation?.clear()
    if (!what.state) return
    state.close()
    state = createState(options)
  }
  const handle = { log, faults, validation, goOffline, goOnline, reset }
  const control = await startControl(handle, options.controlPort ?? 0)
  return {
    url: `http://${loopback}:${port}`,
    controlUrl: control.url,
    get state() {
      return state
    },
    events: log.events,
    effects: log.effects,
    violations: () => validation?.violations() ?? [],
    /** Why traffic is not validated although it was asked for. */
    validationAbsent: validation?.absent,
    faults,
    goOffline,
    goOnline,
    reset,
    stop: async () => {
      await Promise.all([control.stop(), server.listening ? close(server) : undefined])
      state.close()
    },
  }
}

function createState({ version = '5.6.2', alerts = 0, seed = 1, now }: StandInOptions) {
  const moment = now ?? Date.now()
  const month = 30 * 24 * 60 * 60 * 1000
  // A server whose data ends in the future has a clock that is ahead, or new stamps would precede old ones.
  const ahead = Math.max(0, moment - Date.now())
  const clock = createClock(() => Date.now() + ahead)
  const state = createDefaultState({ version, clock, since: moment - 12 * month })
  if (alerts > 0) loadSeed(state, { alerts, seed, now: moment })
  return state
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
