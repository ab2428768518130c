import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** `refuse` closes the listener, so that connecting fails; `destroy` accepts and drops every connection. */
export type OfflineMode = 'refuse' | 'destroy'

export const loopback = '127.0.0.1'

/** A server on loopback that can vanish and come back on the same port. Rejects when the port is taken. */
export async function createListener(server: Server, wanted: number) {
  let mode: OfflineMode | undefined
  server.on('connection', (socket) => {
    if (mode === 'destroy') socket.resetAndDestroy()
  })
  await listen(server, wanted)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${loopback}:${port}`,
    goOffline: async (how: OfflineMode = 'refuse') => {
      mode = how
      server.closeAllConnections()
      if (how === 'refuse' && server.listening) await close(server)
    },
    goOnline: async () => {
      mode = undefined
      if (!server.listening) await listen(server, port)
    },
    stop: async () => {
      if (server.listening) await close(server)
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, loopback, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()))
    server.closeAllConnections()
  })
}
