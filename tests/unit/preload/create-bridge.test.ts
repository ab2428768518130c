import { describe, expect, it } from 'vitest'
import { fileCalls } from '#shared/contract/api.ts'
import { callNames } from '#shared/contract/contract.ts'
import type { Request } from '#shared/contract/envelope.ts'
import type { EventPayload } from '#shared/contract/events.ts'
import { createBridge } from '../../../src-preload/bridge/create-bridge.ts'

type Dropped = { path: string }

function bridged(invoke?: () => Promise<never>) {
  const asked: Request[] = []
  let tell: (message: unknown) => void = () => undefined
  const bridge = createBridge<Dropped>({
    invoke:
      invoke ??
      (async (request) => {
        asked.push(request)
        return { ok: true, value: null }
      }),
    listen: (listener) => {
      tell = listener
    },
    pathForFile: (file) => file.path,
  })
  return { bridge, asked, tell: (message: unknown) => tell(message) }
}

const counts: EventPayload<'outbox.changed'> = { waiting: 2, needAttention: 1, exported: 0 }
const told = (payload: unknown, name = 'outbox.changed', v: unknown = 1) => ({ v, name, payload })

describe('the bridge', () => {
  it('has one function for each call of the contract, but for those that name paths', () => {
    const { bridge } = bridged()
    expect(Object.keys(bridge)).toEqual(['calls', 'sendFiles', 'on'])
    expect(Object.keys(bridge.calls)).toEqual(
      callNames.filter((name) => !fileCalls.some((one) => one === name)),
    )
  })

  it('is frozen all the way down', () => {
    const { bridge } = bridged()
    for (const part of [bridge, bridge.calls, bridge.sendFiles, bridge.on, ...Object.values(bridge.calls)])
      expect(Object.isFrozen(part)).toBe(true)
  })

  it('asks under the name of the call, with its protocol version', async () => {
    const { bridge, asked } = bridged()
    await bridge.calls['cases.search']({ text: 'x', limit: 5 })
    expect(asked).toEqual([{ v: 1, name: 'cases.search', input: { text: 'x', limit: 5 } }])
  })

  it('answers an error as data when main does not answer', async () => {
    const { bridge } = bridged(() => Promise.reject(new Error('closed')))
    expect(await bridge.calls['app.info']({})).toMatchObject({ ok: false, error: { kind: 'bug' } })
  })
})

describe('dropped files', () => {
  const marks = { tlp: 'amber', pap: 'amber', ioc: false, sighted: false, tags: [] } as const
  const input = { id: 'a', marks: { ...marks, tags: [] } }

  it('are named by path on this side alone', async () => {
    const { bridge, asked } = bridged()
    const sneaky = { ...input, paths: ['/etc/passwd'] }
    await bridge.sendFiles('triage.addFiles', sneaky, [{ path: '/tmp/mail.eml' }])
    expect(asked[0]?.input).toMatchObject({ id: 'a', paths: ['/tmp/mail.eml'] })
  })

  it('that have no place on disk are refused', async () => {
    const { bridge, asked } = bridged()
    const reply = await bridge.sendFiles('triage.addFiles', input, [{ path: '' }])
    expect(reply).toMatchObject({ ok: false, error: { kind: 'unreadable-file' } })
    expect(asked).toEqual([])
  })

  it('go with no other call', async () => {
    const { bridge, asked } = bridged()
    const reply = await bridge.sendFiles('profiles.close' as never, input as never, [{ path: '/tmp/a' }])
    expect(reply).toMatchObject({ ok: false, error: { kind: 'bug' } })
    expect(asked).toEqual([])
  })
})

describe('events', () => {
  it('reach those who asked for their name, until they stop', () => {
    const { bridge, tell } = bridged()
    const heard: unknown[] = []
    const stop = bridge.on('outbox.changed', (payload) => heard.push(payload))
    tell(told(counts))
    tell(told({ ids: [], arrived: 0 }, 'queue.changed'))
    stop()
    tell(told(counts))
    expect(heard).toEqual([counts])
  })

  it.each([
    [undefined],
    [null],
    ['text'],
    [told(counts, 'outbox.changed', 2)],
    [told(counts, 'toString')],
    [told(counts, '__proto__')],
  ])('that are none are dropped: %j', (message) => {
    const { bridge, tell } = bridged()
    const heard: unknown[] = []
    bridge.on('outbox.changed', (payload) => heard.push(payload))
    tell(message)
    expect(heard).toEqual([])
  })

  it('nobody knows cannot be listened to', () => {
    const { bridge } = bridged()
    const on = bridge.on as (name: string, listener: () => void) => void
    for (const name of ['surprise', '__proto__', 'constructor'])
      expect(() => on(name, () => undefined)).toThrow(TypeError)
  })

  it('are heard twice by a listener registered twice, and once after one stop', () => {
    const { bridge, tell } = bridged()
    let heard = 0
    const listener = () => void heard++
    const stop = bridge.on('outbox.changed', listener)
    bridge.on('outbox.changed', listener)
    tell(told(counts))
    stop()
    stop()
    tell(told(counts))
    expect(heard).toBe(3)
  })
})
