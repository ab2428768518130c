import { only } from './by-name.ts'

type SchemeHandler = (request: Request) => Response | Promise<Response>

/** Electron's protocol and default session. Scheme handlers are asked by the loopback server. */
export function createSession() {
  const schemes = new Map<string, SchemeHandler>()
  const protocol = only('protocol', {
    registerSchemesAsPrivileged: () => {},
    handle: (scheme: string, handler: SchemeHandler) => void schemes.set(scheme, handler),
    unhandle: (scheme: string) => void schemes.delete(scheme),
    isProtocolHandled: (scheme: string) => schemes.has(scheme),
  })
  // Permissions are denied to this page by its own headers and by the browser's defaults; the handlers are kept by nobody.
  const defaultSession = only('session.defaultSession', {
    protocol,
    setPermissionRequestHandler: () => {},
    setPermissionCheckHandler: () => {},
    setDevicePermissionHandler: () => {},
    setDisplayMediaRequestHandler: () => {},
  })
  const fetch = async (url: string, method: string): Promise<Response> => {
    const handler = schemes.get(new URL(url).protocol.slice(0, -1))
    if (handler === undefined) return new Response('No such scheme', { status: 404 })
    return await handler(new Request(url, { method }))
  }
  return { protocol, session: only('session', { defaultSession }), fetch }
}
