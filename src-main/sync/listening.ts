import { asForagerError } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { backoffMs } from './backoff.ts'
import type { Clock } from './ports.ts'
import { askedMs } from './reconnect.ts'

/** A server holds a question for a minute (api.md §8.2); whoever is silent for longer than this says nothing any more, ms. */
const silenceMs = 90_000
/** A server that says "nothing" sooner than this does not hold the question: asked on and on, it would be a burden. */
const heldMs = 5_000
/** What is told within this long is one reason to look, ms. */
const restMs = 5_000

type StreamServer = Pick<TheHiveServer, 'openStream' | 'streamTold'>

type ListeningParts = {
  /** Whom to listen to just now; undefined: nobody. */
  server: () => StreamServer | undefined
  /** Something happened there, it says. */
  told: () => void
  clock: Clock
  signal: AbortSignal
}

/** Where one connection's stream stands. */
type Ear = { server: StreamServer; stream: string | undefined; failures: number; refused: boolean }

/**
 * Listens to the server's stream of what happens, for a hint and nothing else: a stream that lies, fails, is silent or is not there makes
 * a pull come sooner or not, and has no other effect. Once refused, it is left alone until the next connection.
 */
export function createListening(parts: ListeningParts) {
  let ear: Ear | undefined
  let hearing: AbortController | undefined

  /** Looks again whom to listen to: called whenever that may have changed. */
  function review(): void {
    const server = parts.signal.aborted ? undefined : parts.server()
    if (hearing !== undefined && server === ear?.server) return
    hearing?.abort()
    hearing = undefined
    if (server === undefined) return
    if (ear?.server !== server) ear = { server, stream: undefined, failures: 0, refused: false }
    hearing = new AbortController()
    void listen(ear, AbortSignal.any([hearing.signal, parts.signal]))
  }

  async function listen(at: Ear, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !at.refused) {
      const pause = await ask(at, signal)
      if (!signal.aborted && pause > 0) await parts.clock.sleep(pause, signal)
    }
  }

  /** One question; answers how long to leave the server alone before the next, ms. */
  async function ask(at: Ear, signal: AbortSignal): Promise<number> {
    const asked = parts.clock.now()
    const { limited, ended } = withinPatience(signal)
    try {
      at.stream ??= await at.server.openStream(limited)
      const told = await at.server.streamTold(at.stream, limited)
      if (signal.aborted) return 0
      if (told) parts.told()
      else if (parts.clock.now() - asked < heldMs) return backoff(at)
      at.failures = 0
      return told ? restMs : 0
    } catch (thrown) {
      return signal.aborted ? 0 : failed(at, asForagerError(thrown))
    } finally {
      ended()
    }
  }

  function withinPatience(signal: AbortSignal): { limited: AbortSignal; ended: () => void } {
    const [patience, answer] = [new AbortController(), new AbortController()]
    const silent = () => patience.abort(new DOMException('Nothing was said for too long.', 'TimeoutError'))
    void parts.clock.sleep(silenceMs, AbortSignal.any([signal, answer.signal])).then(silent)
    return { limited: AbortSignal.any([signal, patience.signal]), ended: () => answer.abort() }
  }

  function failed(at: Ear, error: ForagerError): number {
    // It forgets a stream that was not read for a while: the next one is opened then.
    const forgotten = error.kind === 'not-found' && at.stream !== undefined
    at.stream = undefined
    at.refused = !forgotten && (isRefusal(error) || error.kind === 'unauthorised')
    return Math.max(backoff(at), askedMs(error) ?? 0)
  }

  function backoff(at: Ear): number {
    at.failures += 1
    return backoffMs(at.failures, parts.clock.random())
  }

  return { review }
}
