import type { Session } from '#shared/model/session.ts'
import { detectServer } from '../thehive/detect.ts'
import type { Connection, TheHiveServer } from '../thehive/port.ts'
import { createV1Server } from '../thehive/v1/server.ts'

/** Finds out what answers at the address, then speaks its language. */
export async function connectServer(connection: Connection, signal: AbortSignal): Promise<TheHiveServer> {
  const detection = await detectServer(connection, signal)
  return createV1Server(connection, detection, signal)
}

/** Who we would be there; leaves nothing open behind. */
export async function testConnection(connection: Connection, signal: AbortSignal): Promise<Session> {
  const server = await connectServer(connection, signal)
  const { session } = server
  await server.close()
  return session
}
