import type { ServerResponse } from 'node:http'
import { bridgePath } from './paths.ts'

/** Runs before the page's own scripts, as a file: the page's policy allows no inline script. */
const injected = `<head>\n    <script src="${bridgePath}"></script>`

/**
 * The app's own answer, changed in three ways only: the policy lets the page reach its own origin (Electron's IPC needs no
 * network, this one does), it is sandboxed against popups (there is no shell around it to refuse them), and the bridge
 * is injected.
 */
export async function sendPageFile(
  answer: Response,
  response: ServerResponse,
  options: { port: number; head: boolean },
): Promise<void> {
  const headers = Object.fromEntries(answer.headers)
  const policy = headers['content-security-policy']
  if (policy !== undefined) headers['content-security-policy'] = widenPolicy(policy, options.port)
  const body = Buffer.from(await answer.arrayBuffer())
  const isPage = (headers['content-type'] ?? '').startsWith('text/html')
  response.writeHead(answer.status, headers)
  if (options.head) response.end()
  else response.end(isPage ? body.toString('utf8').replace('<head>', () => injected) : body)
}

export function widenPolicy(policy: string, port: number): string {
  const own = `connect-src http://127.0.0.1:${port} ws://127.0.0.1:${port}`
  const directives = policy
    .split(';')
    .map((directive) => directive.trim())
    .map((directive) => (directive.startsWith('connect-src') ? own : directive))
  return [...directives, 'sandbox allow-scripts allow-same-origin allow-forms'].join('; ')
}
