import { describe, expect, it } from 'vitest'
import type { OperationView } from '#shared/model/operation-view.ts'
import { Outbox } from '../../../../src-renderer/features/outbox/outbox.svelte.ts'
import type { App } from '../../../../src-renderer/state/app.ts'

const settled = () => new Promise((done) => setImmediate(done))

/** The outbox with its lists in the test's hand. */
function opened() {
  const lists: ((ids: string[]) => Promise<unknown>)[] = []
  let change = () => {}
  const app = {
    api: {
      call: () =>
        new Promise((resolve) => {
          lists.push((ids) => {
            resolve(ids.map((id) => ({ id, state: 'ready' }) as OperationView))
            return settled()
          })
        }),
      on: (_name: string, listener: () => void) => {
        change = listener
        return () => undefined
      },
    },
    clock: { touch: () => undefined },
  } as unknown as App
  const outbox = new Outbox(app)
  outbox.start()
  return { outbox, lists, change: () => change() }
}

describe('the outbox while much changes', () => {
  it('is read once more for all that came while it was being read', async () => {
    const { outbox, lists, change } = opened()
    for (let times = 0; times < 100; times += 1) change()
    expect(lists).toHaveLength(1)
    await lists[0]?.(['before'])
    expect(lists).toHaveLength(2)
    await lists[1]?.(['after'])
    expect(lists).toHaveLength(2)
    expect(outbox.operations?.map(({ id }) => id)).toEqual(['after'])
  })

  it('is read anew for whoever asks after an act of his own', async () => {
    const { outbox, lists } = opened()
    let seen: string | undefined
    void outbox.read().then(() => (seen = outbox.operations?.[0]?.id))
    await lists[0]?.(['before'])
    expect(seen).toBeUndefined()
    await lists[1]?.(['after'])
    expect(seen).toBe('after')
    expect(lists).toHaveLength(2)
  })
})
