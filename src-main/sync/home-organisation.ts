import { ForagerError } from '#shared/errors/forager-error.ts'
import type { TheHiveServer } from '../thehive/port.ts'

type Connect = (signal: AbortSignal) => Promise<TheHiveServer>

/**
 * A copy and the decisions made on it belong to one organisation, and an account may be moved to another between two connections.
 * There nothing is read, looked at or sent: alerts would mix, and a decision would reach an alert nobody decided about.
 */
export function atHome(connect: Connect, organisation: string | undefined): Connect {
  return async (signal) => {
    const server = await connect(signal)
    const found = server.session.organisation
    if (organisation === undefined || found === organisation) return server
    await server.close()
    throw new ForagerError(
      'forbidden',
      `The server now has this account work in ${found}; this queue is that of ${organisation}.`,
      {
        did: 'Nothing was read or sent. Your decisions are kept here and wait.',
        next: `Have ${organisation} made the account’s own organisation again, or connect anew to work in ${found}.`,
        details: { organisation: found },
      },
    )
  }
}
