import type { Session } from '#shared/model/session.ts'
import { detectServer } from '../thehive/detect.ts'
import type { Detection } from '../thehive/detect.ts'
import { openServer } from '../thehive/open-server.ts'
import type { Connection, TheHiveServer } from '../thehive/port.ts'
import type { ServerOptions } from '../thehive/server-options.ts'

/** What a test of a connection learnt: who we would be, and the address in its settled form. */
export type Tested = { session: Session; url: string }

/** Finds out what answers at the address, then speaks its language. `url` is the address in its settled form. */
export async function connectServer(
  connection: Connection,
  signal: AbortSignal,
  options?: ServerOptions,
): Promise<{ server: TheHiveServer; url: string; flavour: Detection['flavour'] }> {
  const detection = await detectServer(connection, signal, options)
  const server = await openServer(connection, detection, signal, options)
  return { server, url: detection.url, flavour: detection.flavour }
}

/** Who we would be there; leaves nothing open behind. */
export async function testConnection(connection: Connection, signal: AbortSignal): Promise<Tested> {
  const { server, url } = await connectServer(connection, signal)
  await server.close()
  return { session: server.session, url }
}
