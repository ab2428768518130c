import { describe, expect, it, vi } from 'vitest'
import type { OperationView } from '#shared/model/operation-view.ts'
import { lineKey } from '../../../../src-renderer/features/outbox/line-keys.ts'
import type { Outbox } from '../../../../src-renderer/features/outbox/outbox.svelte.ts'
import type { App } from '../../../../src-renderer/state/app.ts'

vi.stubGlobal('HTMLElement', class {})

type Held = Partial<Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>>

/** What a key did to a line: the names of the acts it called. */
function pressed(key: string, line: Partial<OperationView>, held: Held = {}, mac = false): string[] {
  const acts: string[] = []
  const outbox = {
    lines: [{ id: 'o1', state: 'held', editable: true, ...line }],
    cursor: 'o1',
    steer: (call: string) => acts.push(call),
    edit: () => acts.push('edit'),
    askResume: () => acts.push('askResume'),
  }
  const event = { key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held }
  lineKey(event as KeyboardEvent, { mac } as App, outbox as unknown as Outbox)?.()
  return acts
}

describe('the keys of a line in the outbox', () => {
  it('send, hold and edit what waits', () => {
    expect(pressed('s', {})).toEqual(['outbox.send'])
    expect(pressed('h', {})).toEqual(['outbox.hold'])
    expect(pressed('e', {})).toEqual(['edit'])
    expect(pressed('e', { editable: false })).toEqual(['edit'])
  })

  it.each([{ ctrlKey: true }, { metaKey: true }, { altKey: true }])(
    'are no keys of the line together with another one: %o',
    (held) => {
      for (const key of ['s', 'h', 'e'])
        for (const mac of [false, true]) expect(pressed(key, {}, held, mac)).toEqual([])
      expect(pressed('h', { carried: { role: 'exported' } as never }, held)).toEqual([])
    },
  )

  it('edit what was refused, where it may be changed, and send none of it', () => {
    expect(pressed('e', { state: 'rejected' })).toEqual(['edit'])
    expect(pressed('e', { state: 'rejected', editable: false })).toEqual([])
    expect(pressed('s', { state: 'rejected' })).toEqual([])
  })
})
