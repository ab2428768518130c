import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import type { Clock } from './ports.ts'
import { earliestNow } from './server-time.ts'

/** What left this long ago and was not answered, the server has taken or never will. Beyond any usual proxy's and server's own time-outs. */
export const latestMs = 90_000

type Now = { server: Pick<TheHiveServer, 'clockAhead'>; clock: Pick<Clock, 'now'> }

/** The attempt that nobody answered may be on its way yet: that the server does not show it says nothing. */
export function mayStillCome({ leftAt }: Pick<Operation, 'leftAt'>, { server, clock }: Now): boolean {
  if (leftAt === undefined) return false
  return earliestNow({ server, now: () => clock.now() }) - leftAt < latestMs
}

/** Of unknown outcome still: it is asked about again. */
export const notYetOver = (): ForagerError =>
  new ForagerError('server-error', 'The server does not show it yet, but may be about to.', {
    did: 'Nothing was sent again.',
    details: { sent: true },
  })
