import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'

export type Incoming = { channel: string; args: unknown[] }

export type SocketNeeds = {
  /** Answers a page's call; what it throws reaches the page as text. */
  invoke: (message: Incoming) => Promise<unknown>
  release: (paths: readonly string[]) => void
}

export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** To every connected page. */
  broadcast(channel: string, args: unknown[]): void
  close(): void
}

/** Electron's IPC over WebSockets: `{ id, channel, args }` in; `{ id, value | error }` and `{ channel, args }` out. */
export function createSockets(needs: SocketNeeds): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: 64 * 1024 * 1024,
  })
  server.on('connection', (socket) => {
    socket.on('message', (data) => void receive(socket, data.toString(), needs))
    // A page that vanished mid-message: its close event follows, and nothing else is to be done.
    socket.on('error', () => socket.terminate())
  })
  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (accepted) => server.emit('connection', accepted, request)),
    broadcast: (channel, args) => {
      const frame = JSON.stringify({ channel, args })
      for (const socket of server.clients) socket.send(frame)
    },
    close: () => {
      for (const socket of server.clients) socket.close(1001)
      server.close()
    },
  }
}

async function receive(socket: WebSocket, text: string, needs: SocketNeeds): Promise<void> {
  const frame = readFrame(text)
  if (frame === undefined) return socket.close(1008, 'Not a frame')
  if ('release' in frame) return needs.release(frame.release)
  const { id, channel, args } = frame
  try {
    const value = await needs.invoke({ channel, args })
    socket.send(JSON.stringify({ id, value }))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    socket.send(JSON.stringify({ id, error: `Error invoking remote method '${channel}': ${message}` }))
  }
}

type Frame = (Incoming & { id: number }) | { release: string[] }

function readFrame(text: string): Frame | undefined {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof frame !== 'object' || frame === null) return undefined
  const { id, channel, args, release } = frame as Record<string, unknown>
  if (Array.isArray(release)) return { release: release.filter((path) => typeof path === 'string') }
  if (typeof id !== 'number' || typeof channel !== 'string' || !Array.isArray(args)) return undefined
  return { id, channel, args }
}
