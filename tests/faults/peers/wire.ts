import { setTimeout as delay } from 'node:timers/promises'
import { giveBack, isWrite } from '../proxy/exchange.ts'
import type { Exchange, Received } from '../proxy/exchange.ts'
import { startFaultProxy } from '../proxy/fault-proxy.ts'
import type { Plan } from '../proxy/fault-proxy.ts'
import { faults } from '../proxy/faults.ts'
import type { Hands } from './misfortunes.ts'
import type { Script } from './script.ts'

/** Longer than the first pause of a peer, so that it finds nobody once, ms. */
const outageMs = 1_500

/** A misfortune that met a request. */
export type Met = { sort: 'writes' | 'reads'; name: string }

export type Wire = Awaited<ReturnType<typeof startWire>>

type Options = {
  target: string
  script: Pick<Script, 'writes' | 'reads'>
  die: () => void
  /** The server has done what was asked, and its answer will not arrive. */
  unheard: (received: Received) => Promise<unknown>
}

const refused = faults.find(({ name }) => name === 'connection refused')

/** The way to the server: from `arm` on, the nth request that changes something, and the nth that only asks, meets what the script has for it. */
export async function startWire({ target, script, die, unheard }: Options) {
  const proxy = await startFaultProxy({ target })
  const met: Met[] = []
  const late = new Set<Promise<unknown>>()
  let down: Promise<unknown> | undefined
  const seen = { writes: 0, reads: 0 }
  let armed = false

  const hands: Hands = {
    die,
    underWay: (what) => {
      const ended = what.catch(() => undefined).finally(() => late.delete(ended))
      late.add(ended)
    },
    outage: () => {
      if (refused !== undefined) proxy.arm({ fault: refused, from: 0, lasting: true })
      down = delay(outageMs).then(comeBack)
    },
  }
  const plan: Plan = {
    ...{ from: 0, lasting: true },
    fault: { name: 'as the script has it', leads: { to: 'heals' }, strike },
  }
  async function comeBack(): Promise<void> {
    await proxy.lift()
    proxy.arm(plan)
    down = undefined
  }
  async function strike(exchange: Exchange): Promise<void> {
    const sort = isWrite(exchange.received) ? 'writes' : 'reads'
    const misfortune = armed ? script[sort][seen[sort]++] : undefined
    if (misfortune === undefined) return giveBack(exchange.response, await exchange.forward())
    met.push({ sort, name: misfortune.name })
    const forward = async () => {
      const answer = await exchange.forward()
      await unheard(exchange.received)
      return answer
    }
    await misfortune.strike({ ...exchange, forward }, hands)
  }
  proxy.arm(plan)
  return {
    url: proxy.url,
    arm: (): void => void (armed = true),
    met,
    /** Whether nobody listens. */
    isDown: (): boolean => down !== undefined,
    /** What was delivered late has arrived. */
    arrived: async (): Promise<void> => void (await Promise.all(late)),
    /** Somebody listens again. */
    cameBack: async (): Promise<void> => void (await down),
    stop: proxy.stop,
  }
}
