import { describe, expect, it } from 'vitest'
import { targetIds } from '../../../../src-renderer/state/app.ts'
import type { App } from '../../../../src-renderer/state/app.ts'
import { Navigation } from '../../../../src-renderer/state/navigation.svelte.ts'
import { followCursor, openCursor } from '../../../../src-renderer/state/open-cursor.ts'
import { knownTargets } from '../../../../src-renderer/state/targets.ts'

/** A queue beside which ~2 is open; the rows are read when the test says so. */
function opened() {
  const reads: { pk: number; answer: () => void }[] = []
  const queue = {
    cursor: 2 as number | undefined,
    opening: undefined,
    selection: { chosen: new Set<number>() },
    rows: {
      idsOf: ([pk = 0]: readonly number[]) =>
        new Promise<string[]>((resolve) => {
          reads.push({ pk, answer: () => resolve([`~${pk}`]) })
        }),
      keyOf: () => 2,
    },
    row: (pk: number | undefined) => (pk === 2 ? { title: 'Second', stage: 'Closed' } : undefined),
    get targets() {
      return this.cursor === undefined ? [] : [this.cursor]
    },
  }
  const nav = new Navigation()
  nav.go({ screen: 'queue', alertId: '~2' })
  const app = { queue, nav, detail: { alertOf: () => undefined } } as unknown as App
  const read = async (pk: number) => {
    reads.filter((one) => one.pk === pk).forEach(({ answer }) => answer())
    await new Promise((settled) => setImmediate(settled))
  }
  return { app, queue, nav, read }
}

describe('the alert open beside the queue', () => {
  it('becomes the cursor’s once its row has been read', async () => {
    const { app, queue, nav, read } = opened()
    queue.cursor = 5_000
    void followCursor(app)
    expect(nav.place.alertId).toBe('~2')
    await read(5_000)
    expect(nav.place.alertId).toBe('~5000')
    nav.back()
    expect(nav.place.alertId).toBeUndefined()
  })

  it('is not the one of an earlier row that was read late', async () => {
    const { app, queue, nav, read } = opened()
    queue.cursor = 3
    void followCursor(app)
    queue.cursor = 4
    void followCursor(app)
    await read(4)
    await read(3)
    expect(nav.place.alertId).toBe('~4')
  })

  it('stays closed when it was closed while the row was read', async () => {
    const { app, queue, nav, read } = opened()
    queue.cursor = 3
    void followCursor(app)
    nav.go({ screen: 'queue' })
    await read(3)
    expect(nav.place.alertId).toBeUndefined()
  })

  it('is opened from the queue as a place of its own', async () => {
    const { app, queue, nav, read } = opened()
    nav.go({ screen: 'queue' })
    queue.cursor = 3
    void openCursor(app)
    await read(3)
    nav.back()
    expect(nav.place.alertId).toBeUndefined()
  })
})

describe('a decision', () => {
  it('means the row under the cursor while its alert is being opened, not the one still shown', async () => {
    const { app, queue, nav, read } = opened()
    queue.cursor = 5_000
    void followCursor(app)
    const meant = targetIds(app)
    expect(knownTargets(app)).toEqual([])
    await read(5_000)
    expect(await meant).toEqual(['~5000'])
    expect(nav.place.alertId).toBe('~5000')
    expect(await targetIds(app)).toEqual(['~5000'])
  })

  it('means the open alert where the cursor was not sent on', async () => {
    const { app, queue } = opened()
    queue.cursor = 3
    expect(await targetIds(app)).toEqual(['~2'])
    expect(knownTargets(app)).toHaveLength(1)
  })
})
