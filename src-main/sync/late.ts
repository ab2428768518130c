import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import type { Clock } from './ports.ts'
import { earliestNow } from './server-time.ts'

/** What left this long ago and was not answered, the server has taken or never will. Beyond any usual proxy's and server's own time-outs. */
export const latestMs = 90_000

type Now = { server: Pick<TheHiveServer, 'clockAhead'>; clock: Pick<Clock, 'now'> }

/** The attempt that nobody answered may be on its way for so long yet, ms: that the server does not show it says nothing till then. */
export function mayComeForMs({ leftAt }: Pick<Operation, 'leftAt'>, { server, clock }: Now): number {
  if (leftAt === undefined) return 0
  return Math.max(0, leftAt + latestMs - earliestNow({ server, now: () => clock.now() }))
}

/** Of unknown outcome still: it is asked about again, once that can be told at the latest. */
export const notToldYet = (message: string, forMs: number): ForagerError =>
  new ForagerError('server-error', message, {
    did: 'Nothing was sent again.',
    details: { sent: true, toldInMs: forMs },
  })
