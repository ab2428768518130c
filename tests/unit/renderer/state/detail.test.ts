import { afterEach, describe, expect, it, vi } from 'vitest'
import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { Api } from '../../../../src-renderer/state/api-port.ts'
import { DetailState } from '../../../../src-renderer/state/detail.svelte.ts'

const note = (id: string, message: string, createdBy = 'ana'): Comment => ({
  ...{ id, message, createdBy },
  ...{ createdAt: 1, edited: false },
})

/** An alert with these notes is open; `now` is what it has when it is read again. */
async function opened(...comments: Comment[]) {
  let notes = comments
  const listeners: (() => void)[] = []
  const api = {
    call: () => Promise.resolve({ alert: { id: '~1' }, comments: notes } as unknown as AlertDetail),
    on: (name: string, listener: () => void) => {
      if (name === 'outbox.changed') listeners.push(listener)
      return () => undefined
    },
  } as unknown as Api
  const detail = new DetailState(api, { follow: () => undefined })
  detail.start()
  await detail.show('~1')
  const now = (...later: Comment[]) => {
    notes = later
    return detail.reload()
  }
  const outboxChanges = () => listeners.forEach((listener) => listener())
  const write = (later: Comment) => (notes = [...notes, later])
  return { detail, now, write, outboxChanges }
}

describe('an open alert', () => {
  afterEach(() => void vi.useRealTimers())

  it('follows while decision after decision is sent', async () => {
    vi.useFakeTimers()
    const { detail, write, outboxChanges } = await opened()
    write(note('~9', 'Seen'))
    for (let sent = 0; sent < 20; sent += 1) {
      outboxChanges()
      await vi.advanceTimersByTimeAsync(50)
    }
    expect(detail.data?.comments).toHaveLength(1)
  })
})

describe('a note that is sent while it is shown', () => {
  it('is the same note under its server’s id', async () => {
    const { detail, now } = await opened(note('~9', 'Seen'), note('local:1', 'Call back'))
    await now(note('~9', 'Seen'), note('~10', 'Call back'))
    expect(detail.noteKey('~10')).toBe('local:1')
    expect(detail.noteKey('~9')).toBe('~9')
  })

  it('is not mistaken for another’s, or for one with another text', async () => {
    const { detail, now } = await opened(note('local:1', 'Call back'))
    await now(note('~10', 'Call back', 'bo'), note('~11', 'Call again'))
    expect(detail.noteKey('~10')).toBe('~10')
    expect(detail.noteKey('~11')).toBe('~11')
  })

  it('is told from its twin', async () => {
    const { detail, now } = await opened(note('local:1', 'Again'), note('local:2', 'Again'))
    await now(note('~10', 'Again'), note('local:2', 'Again'))
    await now(note('~10', 'Again'), note('~11', 'Again'))
    expect([detail.noteKey('~10'), detail.noteKey('~11')]).toEqual(['local:1', 'local:2'])
  })
})
