import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const main = resolve(import.meta.dirname, '../../support/thehive/main.ts')

export type HiveEvent = {
  n: number
  method: string
  path: string
  body?: string
  status: number | null
  effects: string[]
}

/** The stand-in TheHive as its own process, spoken to only over HTTP. */
export type HiveProcess = {
  url: string
  /**
   * Its own API, as any other client would ask it, below `/api/v1` on TheHive 5 and below `/api` on 3 and 4; `user` is the
   * part of the login before the @.
   */
  api: <T>(method: string, path: string, body?: unknown, user?: string) => Promise<T>
  query: <T>(steps: readonly object[]) => Promise<T>
  goOffline: () => Promise<void>
  goOnline: () => Promise<void>
  effects: () => Promise<Record<string, number>>
  events: () => Promise<HiveEvent[]>
  /** What the API document does not allow; nothing is found on 3 and 4, which it does not describe. */
  violations: () => Promise<{ side: 'request' | 'response'; errors: string[] }[]>
  /** Forgets what was asked and done so far; the data stays. */
  forget: () => Promise<void>
  stop: () => Promise<void>
}

export type HiveKind = { flavour: 'thehive3' | 'thehive4' | 'thehive5'; version: string }

export async function startHiveProcess(alerts: number, kind?: HiveKind): Promise<HiveProcess> {
  const args = ['--alerts', String(alerts), '--seed', '1', '--port', '0']
  if (kind) args.push('--flavour', kind.flavour, '--version', kind.version)
  const isFive = kind === undefined || kind.flavour === 'thehive5'
  if (isFive) args.push('--validate')
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let line = ''
  while (!line.includes('\n')) line += String((await once(child.stdout, 'data'))[0])
  const { url, control } = JSON.parse(line.slice(0, line.indexOf('\n'))) as { url: string; control: string }
  const ask = async <T>(address: string, init: RequestInit): Promise<T> => {
    const response = await fetch(address, init)
    if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`)
    const text = await response.text()
    return (text === '' ? null : JSON.parse(text)) as T
  }
  const api: HiveProcess['api'] = (method, path, body, user = 'ana') =>
    ask(`${url}/api${isFive ? '/v1' : ''}${path}`, {
      method,
      headers: { authorization: `Bearer ${user}-key`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  return {
    ...{ url, api },
    query: (query) => api('POST', '/query', { query }),
    goOffline: () => ask(`${control}/offline`, { method: 'POST' }),
    goOnline: () => ask(`${control}/online`, { method: 'POST' }),
    effects: () => ask(`${control}/effects`, {}),
    events: () => ask(`${control}/events`, {}),
    violations: () => ask(`${control}/violations`, {}),
    forget: () => ask(`${control}/reset`, { method: 'POST' }),
    stop: async () => {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
