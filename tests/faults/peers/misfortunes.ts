import { setTimeout as delay } from 'node:timers/promises'
import type { Exchange } from '../proxy/exchange.ts'
import { faults } from '../proxy/faults.ts'

/** What a misfortune can do beside treating its request. */
export type Hands = {
  /** The client's process is no more. */
  die: () => void
  /** From now on nobody listens, for a while. */
  outage: () => void
  /** Something that is still under way. */
  underWay: (what: Promise<unknown>) => void
}

export type Misfortune = { name: string; strike: (exchange: Exchange, hands: Hands) => unknown }

/** How long a request may be on its way after its sender was cut off, ms: shorter than the first pause of every client here. */
export const lateMs = 150

function named(name: string): Misfortune {
  const fault = faults.find((one) => one.name === name)
  if (fault?.strike === undefined) throw new Error(`No fault of the wire is called ${name}.`)
  return { name, strike: fault.strike }
}

const drop = ({ response }: Exchange): void => void response.socket?.resetAndDestroy()

/** What asks and what changes alike. */
export const misfortunesOfReads: readonly Misfortune[] = [
  ...['reset before headers', 'reply lost after commit', 'truncated', '200 with a login page'],
  ...['500 before commit', '503 before commit', '429 before commit', '429 retry-after'],
].map(named)

export const misfortunesOfWrites: readonly Misfortune[] = [
  ...misfortunesOfReads,
  ...['500 after commit', '503 after commit'].map(named),
  {
    name: 'delivered late',
    strike: (exchange, { underWay }) => {
      underWay(delay(lateMs).then(exchange.forward))
      drop(exchange)
    },
  },
  {
    name: 'connection refused for a while',
    strike: (exchange, { outage }) => {
      outage()
      drop(exchange)
    },
  },
  {
    name: 'death before sending',
    strike: (exchange, { die }) => {
      die()
      drop(exchange)
    },
  },
  {
    name: 'death after commit',
    strike: async (exchange, { die }) => {
      await exchange.forward()
      die()
      drop(exchange)
    },
  },
]
