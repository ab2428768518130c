import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Session } from '#shared/model/session.ts'
import { detectServer } from '../thehive/detect.ts'
import type { Detection } from '../thehive/detect.ts'
import type { Connection, TheHiveServer } from '../thehive/port.ts'
import { createV1Server } from '../thehive/v1/server.ts'

/** What a test of a connection learnt: who we would be, and the address in its settled form. */
export type Tested = { session: Session; url: string }

/** Finds out what answers at the address, then speaks its language. `url` is the address in its settled form. */
export async function connectServer(
  connection: Connection,
  signal: AbortSignal,
): Promise<{ server: TheHiveServer; url: string }> {
  const detection = await detectServer(connection, signal)
  if (detection.flavour !== 'thehive5') throw notSpoken(detection)
  return { server: await createV1Server(connection, detection, signal), url: detection.url }
}

/** Who we would be there; leaves nothing open behind. */
export async function testConnection(connection: Connection, signal: AbortSignal): Promise<Tested> {
  const { server, url } = await connectServer(connection, signal)
  await server.close()
  return { session: server.session, url }
}

const names: Record<Detection['flavour'], string> = {
  thehive3: 'TheHive 3',
  thehive4: 'TheHive 4',
  thehive5: 'TheHive 5',
}

function notSpoken({ flavour, version }: Detection): ForagerError {
  return new ForagerError(
    'rejected',
    `This is ${names[flavour]} (${version}); Forager speaks to TheHive 5.`,
    {
      did: 'Nothing was stored.',
      next: 'Connect to a TheHive 5, or work in a local workspace.',
    },
  )
}
