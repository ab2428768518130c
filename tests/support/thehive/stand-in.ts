import { createServer } from 'node:http'
import { startControl } from './control/control-server.ts'
import { createEventLog } from './control/event-log.ts'
import { createFaults, type FaultSettings } from './control/faults.ts'
import { createListener } from './http/listener.ts'
import { createRouter } from './http/router.ts'
import { serve } from './http/serve.ts'
import { createValidation } from './openapi/validation.ts'
import { loadSeed } from './seed/load-seed.ts'
import { createClock } from './state/clock.ts'
import { createDefaultState } from './state/defaults.ts'
import { serverKind, type Flavour, type ServerKind } from './state/server-kind.ts'
import { routesOf } from './routes.ts'

export type StandInOptions = {
  /** 0, the default, takes any free port. */
  port?: number | undefined
  controlPort?: number | undefined
  /** The generation it imitates (thehive5). */
  flavour?: Flavour | undefined
  /** The version it claims (the flavour's: 3.5.2, 4.1.24, 5.6.2); some rules depend on it. */
  version?: string | undefined
  /** Accept `Authorization: Basic` (yes, but for thehive3). */
  basicAuth?: boolean | undefined
  /** How many alerts it starts with (0), drawn from `seed` (1), dated before `now` (ms, the real now). */
  alerts?: number | undefined
  seed?: number | undefined
  now?: number | undefined
  /** What time it is there, ms since the epoch (the machine's, ahead where `now` is). */
  clock?: (() => number) | undefined
  faults?: FaultSettings | undefined
  /** Check requests and replies against the API document; findings are violations, the traffic is untouched. */
  validate?: boolean | undefined
}

export type StandIn = Awaited<ReturnType<typeof startStandIn>>

/** A TheHive on loopback, with its state in this process. Rejects when a port is taken. */
export async function startStandIn(options: StandInOptions = {}) {
  const server = serverKind(options)
  let state = createState(server, options)
  const log = createEventLog()
  const faults = createFaults(options.faults)
  const validation = options.validate ? createValidation(server) : undefined
  const services = { state: () => state, find: createRouter(routesOf(server)), log, faults, validation }
  const httpServer = createServer((request, response) => void serve(services, request, response))
  const listener = await createListener(httpServer, options.port ?? 0)
  const reset = (what: { state?: boolean } = {}) => {
    log.clear()
    faults.clear()
    validation?.clear()
    if (!what.state) return
    state.close()
    state = createState(server, options)
  }
  const { url, goOffline, goOnline } = listener
  const handle = { log, faults, validation, goOffline, goOnline, reset }
  const control = await startControl(handle, options.controlPort ?? 0).catch(async (error: unknown) => {
    await listener.stop()
    throw error
  })
  return {
    url,
    server,
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
      await Promise.all([control.stop(), listener.stop()])
      state.close()
    },
  }
}

function createState(server: ServerKind, { alerts = 0, seed = 1, now, clock: given }: StandInOptions) {
  const moment = now ?? (given ?? Date.now)()
  const month = 30 * 24 * 60 * 60 * 1000
  // A server whose data ends in the future has a clock that is ahead, or new stamps would precede old ones.
  const ahead = Math.max(0, moment - Date.now())
  const clock = createClock(given ?? (() => Date.now() + ahead))
  const state = createDefaultState({ server, clock, since: moment - 12 * month })
  if (alerts > 0) loadSeed(state, { alerts, seed, now: moment })
  return state
}
