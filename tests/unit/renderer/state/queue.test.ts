import { describe, expect, it } from 'vitest'
import { QueueState } from '../../../../src-renderer/state/queue/queue.svelte.ts'
import type { Api } from '../../../../src-renderer/state/api-port.ts'
import type { ProfileState } from '../../../../src-renderer/state/profile.svelte.ts'
import type { Problems } from '../../../../src-renderer/state/problems.svelte.ts'

const rows = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at)

/** The queue with the order's pages in the test's hand: each is given when it says so. */
function opened() {
  const asked: ((pks: readonly number[], isLast?: boolean) => Promise<void>)[] = []
  const answers = {
    'queue.order': () =>
      new Promise((resolve) => {
        asked.push(async (pks, isLast = false) => {
          resolve({ pks, ...(!isLast && { next: { key: 1, pk: 1 } }) })
          await new Promise((settled) => setImmediate(settled))
        })
      }),
    'queue.counts': () => Promise.resolve({ total: 0, views: {} }),
    'queue.rows': () => Promise.resolve([]),
  }
  const api = {
    call: (name: keyof typeof answers) => answers[name](),
    on: () => () => undefined,
  } as unknown as Api
  const profile = { login: 'ana', catalog: { alertStatuses: [] } } as unknown as ProfileState
  const queue = new QueueState({ api, profile, problems: {} as Problems })
  const next: (typeof asked)[number] = (pks, isLast) =>
    asked.shift()?.(pks, isLast) ?? Promise.reject(new Error())
  return { queue, next }
}

/** The third row up to the last that is there, of a view that is still being read. */
async function chosenToEnd() {
  const { queue, next } = opened()
  void queue.setText('')
  await next(rows(1, 500))
  queue.toggleSelected(3)
  queue.moveToEnd()
  queue.extendSelection(500)
  return { queue, next }
}

describe('a view that opens', () => {
  it('has its cursor on the first row as soon as that is there', async () => {
    const { queue, next } = opened()
    void queue.setText('')
    await next(rows(1, 500))
    expect([queue.cursor, queue.reveal.pk]).toEqual([1, 'top'])
  })

  it('asks for no row to be shown once more when the rest is read: the analyst may have scrolled on', async () => {
    const { queue, next } = opened()
    void queue.setText('')
    await next(rows(1, 500))
    const asked = queue.reveal
    queue.moveTo(7)
    const moved = queue.reveal
    await next(rows(501, 2_000), true)
    expect(queue.list.order).toHaveLength(2_500)
    expect(moved).not.toBe(asked)
    expect(queue.reveal).toBe(moved)
    expect(queue.cursor).toBe(7)
  })

  it('keeps the cursor where its row is there, also further down', async () => {
    const { queue, next } = opened()
    queue.cursor = 2_000
    void queue.setText('')
    await next(rows(1, 500))
    expect([queue.cursor, queue.reveal.pk]).toEqual([2_000, 'top'])
    await next(rows(501, 2_000), true)
    expect([queue.cursor, queue.reveal.pk]).toEqual([2_000, 2_000])
  })

  it('gives up a row that is not in it', async () => {
    const { queue, next } = opened()
    queue.cursor = 9_000
    void queue.setText('')
    await next(rows(1, 500))
    const asked = queue.reveal
    await next(rows(501, 2_000), true)
    expect(queue.cursor).toBe(1)
    expect(queue.reveal).toBe(asked)
  })

  it('leaves a row alone that the analyst went to while another was looked for', async () => {
    const { queue, next } = opened()
    queue.cursor = 2_000
    void queue.setText('')
    await next(rows(1, 500))
    queue.moveBy(1)
    const asked = queue.reveal
    await next(rows(501, 2_000), true)
    expect([queue.cursor, queue.reveal]).toEqual([1, asked])
  })

  it('is read to its end where the cursor was sent there meanwhile', async () => {
    const { queue, next } = opened()
    void queue.setText('')
    await next(rows(1, 500))
    queue.moveToEnd()
    expect(queue.cursor).toBe(500)
    await next(rows(501, 2_000))
    expect([queue.cursor, queue.reveal.pk, queue.wentAlong?.pk]).toEqual([2_500, 2_500, 2_500])
    queue.moveBy(-1)
    await next(rows(2_501, 2_000), true)
    expect([queue.cursor, queue.wentAlong?.pk]).toEqual([2_499, 2_500])
  })

  it('is chosen up to its end with what is read of it later, too', async () => {
    const { queue, next } = await chosenToEnd()
    expect(queue.selection.chosen.size).toBe(498)
    await next(rows(501, 2_000))
    expect(queue.selection.chosen.size).toBe(2_498)
    await next(rows(2_501, 2_000), true)
    expect([queue.cursor, queue.selection.chosen.size]).toEqual([4_500, 4_498])
  })

  it.each([
    ['one more row is chosen by itself', (queue: QueueState) => queue.toggleSelected(1)],
    ['the choice is taken back', (queue: QueueState) => queue.clearSelection()],
    ['the cursor goes elsewhere', (queue: QueueState) => queue.moveTo(9)],
  ])('is chosen no further once %s', async (_, act) => {
    const { queue, next } = await chosenToEnd()
    act(queue)
    const { chosen } = queue.selection
    await next(rows(501, 2_000), true)
    expect(queue.selection.chosen).toEqual(chosen)
  })

  it('hears nothing of the one that was chosen before it', async () => {
    const { queue, next } = opened()
    void queue.setText('severity:4')
    void queue.setText('')
    await next(rows(900, 10), true)
    expect([queue.cursor, queue.list.loading]).toEqual([undefined, true])
    await next([], true)
    expect([queue.cursor, queue.list.loading, queue.list.complete]).toEqual([undefined, false, true])
  })
})
