import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export type Verdict =
  | { pass: 'yes' }
  /** The one visit with the token: it becomes a cookie, and the token is dead. `crossSite`: sent here by another page. */
  | { pass: 'first'; cookie: string; crossSite: boolean }
  | { pass: 'no'; why: string }

export interface Gate {
  /** For the first visit; in no log, and worth nothing afterwards. */
  readonly token: string
  check(request: IncomingMessage, port: number): Verdict
}

/**
 * Who may speak to the loopback server: the one browser that came first with the token. Names that merely resolve to
 * loopback (DNS rebinding) fail by Host, other sites' pages by Origin and Sec-Fetch-Site, other programs by the cookie.
 */
export function createGate(): Gate {
  const token = randomBytes(32).toString('base64url')
  const secret = randomBytes(32).toString('base64url')
  let tokenAlive = true
  return {
    token,
    check: (request, port) => {
      const here = `127.0.0.1:${port}`
      const { host, origin, cookie } = request.headers
      if (host !== here) return { pass: 'no', why: 'Wrong host' }
      if (origin !== undefined && origin !== `http://${here}`) return { pass: 'no', why: 'Wrong origin' }
      const site = request.headers['sec-fetch-site']
      const crossSite = site !== undefined && site !== 'same-origin' && site !== 'none'
      // Cookies know no ports: the name keeps two runtimes on one machine apart.
      const name = `forager-${port}`
      if (sameText(readCookie(cookie, name), secret))
        return crossSite ? { pass: 'no', why: 'Wrong site' } : { pass: 'yes' }
      const offered = new URL(request.url ?? '/', `http://${here}`).searchParams.get('token')
      if (!tokenAlive || !sameText(offered, token)) return { pass: 'no', why: 'No valid token' }
      tokenAlive = false
      return { pass: 'first', cookie: `${name}=${secret}; HttpOnly; SameSite=Strict; Path=/`, crossSite }
    },
  }
}

function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2)
    if (key === name && value !== undefined) return value
  }
  return null
}

/** Takes the same time wherever the texts begin to differ. */
function sameText(given: string | null, expected: string): boolean {
  const left = Buffer.from(given ?? '')
  const right = Buffer.from(expected)
  return left.length === right.length && timingSafeEqual(left, right)
}
