import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { registerCalls } from '#main/ipc/register-calls.ts'
import type { Handlers } from '#main/ipc/handlers.ts'
import { createLogger } from '#main/platform/logger.ts'
import { callNames, contract } from '#shared/contract/contract.ts'
import type { CallDefinition } from '#shared/contract/define.ts'
import { callChannel, replySchema } from '#shared/contract/envelope.ts'
import type { Reply } from '#shared/contract/envelope.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'

type Listener = (event: object, message: unknown) => Promise<Reply>
const ipc = vi.hoisted(() => ({ handlers: new Map<string, unknown>() }))
vi.mock('electron', () => ({
  ipcMain: {
    handle: (channel: string, listener: unknown) => ipc.handlers.set(channel, listener),
    removeHandler: (channel: string) => ipc.handlers.delete(channel),
  },
}))

const info = {
  name: 'Forager',
  version: '1.0.0',
  runtime: 'browser' as const,
  platform: 'linux',
  sqlite: '3.53.0',
}
let seen: unknown[]
let lines: string[]

beforeEach(() => {
  ipc.handlers.clear()
  seen = []
  lines = []
})

function register(own: Partial<Handlers> = {}, checkOutputs = true) {
  const others = callNames.map((name) => [name, async (input: unknown) => void seen.push(input)])
  const handlers = { ...(Object.fromEntries(others) as Handlers), ...own }
  return registerCalls(handlers, {
    isKnownContents: (id) => id === 1,
    isAppUrl: (address) => address.startsWith('app://forager/'),
    checkOutputs,
    log: createLogger({ write: (line) => lines.push(line) }),
  })
}

function sender(change: { id?: number; url?: string; frame?: 'main' | 'sub' | 'gone' } = {}) {
  const mainFrame = { url: change.url ?? 'app://forager/index.html' }
  const frames = { main: mainFrame, sub: { url: mainFrame.url }, gone: null }
  return { sender: { id: change.id ?? 1, mainFrame }, senderFrame: frames[change.frame ?? 'main'] }
}

const ask = (message: unknown, from = sender()) => (ipc.handlers.get(callChannel) as Listener)(from, message)
const askFor = (name: string, input: unknown = {}) => ask({ v: 1, name, input })
const kindOf = (reply: Reply) => (reply.ok ? 'ok' : reply.error.kind)

describe('a call', () => {
  it('reaches its handler with its input parsed, and answers the value', async () => {
    register({ 'app.info': async () => info })
    expect(await askFor('app.info')).toEqual({ ok: true, value: info })
    await askFor('profiles.openLocal', { name: '  Desk  ', extra: 1 })
    expect(seen).toEqual([{ name: 'Desk' }])
  })

  it('reaches its handler in whole characters, however deep a half of one stands', async () => {
    register()
    const filter = { op: 'in', field: 'source', values: ['feed \ud83d', '\ud83d\ude00'] }
    await askFor('queue.order', { filter, sort: { field: 'date', direction: 'desc' }, limit: 5 })
    expect(seen).toMatchObject([{ filter: { values: ['feed \ufffd', '😀'] }, limit: 5 }])
  })

  it.each([
    ['another window', { id: 2 }],
    ['a frame inside the window', { frame: 'sub' as const }],
    ['a frame that is gone', { frame: 'gone' as const }],
    ['another page in the window', { url: 'https://example.org/' }],
    ['about:blank', { url: 'about:blank' }],
  ])('from %s is refused with a reason, and never runs', async (_who, change) => {
    register()
    const replies = await Promise.all(
      callNames.map((name) => ask({ v: 1, name, input: {} }, sender(change) as ReturnType<typeof sender>)),
    )
    expect(new Set(replies.map(kindOf))).toEqual(new Set(['forbidden']))
    expect(seen).toEqual([])
    expect(lines).toHaveLength(callNames.length)
  })

  it.each([
    ['of another protocol version', { v: 2, name: 'app.info', input: {} }],
    ['without a name', { v: 1, input: {} }],
    ['nobody knows', { v: 1, name: 'app.surprise', input: {} }],
    ['named like a member of every object', { v: 1, name: 'constructor', input: {} }],
    ['named like the prototype', { v: 1, name: '__proto__', input: {} }],
    ['that is nothing', undefined],
  ])('%s is a bug', async (_what, message) => {
    register()
    expect(kindOf(await ask(message))).toBe('bug')
    expect(seen).toEqual([])
  })

  it('whose input breaks the contract is refused by field, without its value', async () => {
    register()
    const reply = await askFor('vault.setPassphrase', { passphrase: 'hunter2' })
    expect(reply).toMatchObject({
      ok: false,
      error: { kind: 'unexpected-shape', details: { where: 'passphrase' } },
    })
    expect(JSON.stringify(reply) + lines.join()).not.toContain('hunter2')
    expect(seen).toEqual([])
  })

  it('whose handler throws answers the error as data', async () => {
    const error = new ForagerError('offline', 'No server', { next: 'Check the cable', details: { tries: 2 } })
    register({ 'sync.now': () => Promise.reject(error) })
    expect(await askFor('sync.now')).toEqual({
      ok: false,
      error: { kind: 'offline', message: 'No server', next: 'Check the cable', details: { tries: 2 } },
    })
  })

  it('whose handler throws before its promise is answered the same way', async () => {
    register({
      'sync.now': () => {
        throw new TypeError('undefined is not a function')
      },
    })
    expect(kindOf(await askFor('sync.now'))).toBe('bug')
    expect(lines.join()).toContain('undefined is not a function')
  })

  it('whose answer breaks the contract is a bug while developing, and passes when packaged', async () => {
    const wrong = { 'app.info': async () => ({ ...info, runtime: 'toaster' as 'browser' }) }
    register(wrong)
    expect(kindOf(await askFor('app.info'))).toBe('bug')
    register(wrong, false)
    expect(kindOf(await askFor('app.info'))).toBe('ok')
  })

  it('that takes too long answers a timeout, and its work still counts as running', async () => {
    vi.useFakeTimers()
    try {
      const work = Promise.withResolvers<null>()
      const calls = register({ 'sync.now': () => work.promise })
      const asked = askFor('sync.now')
      await vi.advanceTimersByTimeAsync((contract['sync.now'] as CallDefinition).timeoutMs)
      expect(kindOf(await asked)).toBe('timeout')
      let drained = false
      const draining = calls.drain().then(() => (drained = true))
      await vi.advanceTimersByTimeAsync(0)
      expect(drained).toBe(false)
      work.resolve(null)
      await draining
      expect(drained).toBe(true)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('closing', () => {
  it('refuses new calls while the running ones end', async () => {
    const work = Promise.withResolvers<typeof info>()
    const calls = register({ 'app.info': () => work.promise })
    const running = askFor('app.info')
    calls.refuseNew()
    expect(kindOf(await askFor('app.info'))).toBe('cancelled')
    work.resolve(info)
    await calls.drain()
    expect(kindOf(await running)).toBe('ok')
  })

  it('drains although a call failed', async () => {
    const calls = register({ 'app.info': () => Promise.reject(new Error('no')) })
    await Promise.all([askFor('app.info'), calls.drain()])
    await calls.drain()
  })

  it('unregisters', () => {
    register().unregister()
    expect(ipc.handlers.size).toBe(0)
  })
})

describe('whatever arrives', () => {
  it('is answered with a reply of the contract, pollutes nothing and reaches no handler unparsed', async () => {
    register()
    const names = fc.oneof(fc.constantFrom(...callNames), fc.string())
    const message = fc.oneof(
      fc.anything(),
      fc.record({ v: fc.oneof(fc.constant(1), fc.anything()), name: names, input: fc.anything() }),
      fc.record({ v: fc.constant(1), name: fc.constantFrom(...callNames), input: fc.object() }),
    )
    await fc.assert(
      fc.asyncProperty(message, async (sent) => {
        expect(replySchema.safeParse(await ask(sent)).success).toBe(true)
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})
