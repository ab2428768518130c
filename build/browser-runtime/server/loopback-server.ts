import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ElectronStandIn } from '../electron/create-electron.ts'
import { createGate } from './gate.ts'
import { sendPageFile } from './page-files.ts'
import { appOrigin, bridgePath, navigatePath, socketPath, uploadPath } from './paths.ts'
import type { Sockets } from './sockets.ts'
import type { Uploads } from './uploads.ts'

export type LoopbackParts = {
  electron: Pick<ElectronStandIn, 'fetch' | 'page'>
  sockets: Sockets
  uploads: () => Uploads
  /** The script injected before the page's own. */
  bridge: () => string
}

export interface LoopbackServer {
  /** With the one-time token. */
  readonly address: string
  close(): void
}

/** Serves the page on 127.0.0.1 alone. Port 0 takes any free one. */
export async function startLoopbackServer(port: number, parts: LoopbackParts): Promise<LoopbackServer> {
  const gate = createGate()
  const server = createServer()
  const ownPort = () => (server.address() as AddressInfo).port
  server.on('request', (request, response) => {
    const verdict = gate.check(request, ownPort())
    if (verdict.pass === 'no') return refuse(response, 403, verdict.why)
    if (verdict.pass === 'first') return welcome(response, verdict)
    answer(request, response, { ...parts, port: ownPort() }).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`)
      if (!response.headersSent) refuse(response, 500, 'Failed')
      else response.destroy()
    })
  })
  server.on('upgrade', (request, socket, head) => {
    const allowed =
      gate.check(request, ownPort()).pass === 'yes' &&
      request.headers.origin !== undefined &&
      request.url === socketPath
    if (allowed) parts.sockets.upgrade(request, socket, head)
    else socket.end('HTTP/1.1 403 Forbidden\r\nconnection: close\r\n\r\n')
  })
  await listen(server, port)
  return {
    address: `http://127.0.0.1:${ownPort()}/?token=${gate.token}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** The runtime's own few addresses, then the app's. A browser asks for an icon unasked; Electron never does. */
async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  parts: LoopbackParts & { port: number },
): Promise<void> {
  const url = new URL(request.url ?? '/', `http://127.0.0.1:${parts.port}`)
  const method = request.method ?? 'GET'
  if (url.pathname === bridgePath && method === 'GET')
    return send(response, 'text/javascript; charset=utf-8', parts.bridge())
  if (url.pathname === uploadPath && method === 'POST')
    return send(response, 'text/plain; charset=utf-8', await parts.uploads().receive(request))
  if (url.pathname === navigatePath && method === 'POST') {
    const target = asAppUrl(url.searchParams.get('to') ?? '', parts.port)
    return send(response, 'text/plain', parts.electron.page()?.mayNavigate(target) === true ? 'yes' : 'no')
  }
  if (url.pathname === '/favicon.ico') return void response.writeHead(204, plain).end()
  const page = await parts.electron.fetch(`${appOrigin}${url.pathname}`, method)
  return sendPageFile(page, response, { port: parts.port, head: method === 'HEAD' })
}

/** An address the page would go to, as the app's own code would have seen it. */
function asAppUrl(address: string, port: number): string {
  const own = `http://127.0.0.1:${port}`
  return URL.parse(address)?.origin === own ? `${appOrigin}${address.slice(own.length)}` : address
}

const plain = {
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/**
 * Hands over the cookie and goes on to the page. A strict cookie does not travel along a redirect that began on another
 * site (the file that opens the window): there, this page itself goes on.
 */
function welcome(
  response: ServerResponse,
  { cookie, crossSite }: { cookie: string; crossSite: boolean },
): void {
  const headers = { ...plain, 'set-cookie': cookie, 'content-security-policy': "default-src 'none'" }
  if (!crossSite) response.writeHead(303, { ...headers, location: '/index.html' }).end()
  else {
    response.writeHead(200, { ...headers, 'content-type': 'text/html; charset=utf-8' })
    response.end('<!doctype html><meta http-equiv="refresh" content="0; url=/index.html">')
  }
}

function send(response: ServerResponse, contentType: string, body: string): void {
  response.writeHead(200, { ...plain, 'content-type': contentType })
  response.end(body)
}

function refuse(response: ServerResponse, status: number, why: string): void {
  response.writeHead(status, { ...plain, connection: 'close' })
  response.end(why)
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}
