import type { WebContents } from 'electron'
import { describe, expect, it } from 'vitest'
import { createSendEvent } from '#main/ipc/send-event.ts'

describe('an event', () => {
  it('is sent on the one channel, in its envelope', () => {
    const sent: unknown[] = []
    const contents = { isDestroyed: () => false, send: (...args: unknown[]) => sent.push(args) }
    createSendEvent(() => contents as unknown as WebContents)('outbox.changed', {
      waiting: 1,
      needAttention: 0,
      exported: 0,
    })
    expect(sent).toEqual([
      [
        'forager:event',
        { v: 1, name: 'outbox.changed', payload: { waiting: 1, needAttention: 0, exported: 0 } },
      ],
    ])
  })

  it('to a window that is gone is nothing', () => {
    const gone = {
      isDestroyed: () => true,
      send: () => {
        throw new Error('Object has been destroyed')
      },
    }
    const payload = { waiting: 0, needAttention: 0, exported: 0 }
    createSendEvent(() => gone as unknown as WebContents)('outbox.changed', payload)
    createSendEvent(() => undefined)('outbox.changed', payload)
  })
})
