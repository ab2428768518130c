import { expect, it } from 'vitest'
import { firstFill } from '#main/sync/first-fill.ts'
import type { FillContext } from '#main/sync/first-fill.ts'
import type { FillProgress } from '#shared/model/sync-status.ts'

/** The end of a fill that has stored so many rows of what the server counted. */
async function endOf(rows: number, total: number): Promise<FillProgress | undefined> {
  const all = { finished: true }
  const state = { rows, total, alertsFill: all, observablesFill: all }
  const cache = {
    marks: () => Promise.resolve({ fill: 'filling', state }),
    saveMarks: () => Promise.resolve(),
    beginFill: () => Promise.resolve(),
    finishFillStep: () => Promise.resolve({ done: true, phase: 'text' }),
  }
  const told: FillProgress[] = []
  await firstFill({
    cache: cache as unknown as FillContext['cache'],
    server: {} as FillContext['server'],
    signal: new AbortController().signal,
    now: () => 1,
    clock: { now: () => 1, random: () => 0, sleep: () => Promise.resolve() },
    book: { noteServerState: () => undefined },
    progress: (fill) => void told.push(fill),
    stopped: () => false,
    paused: () => false,
    breathe: () => Promise.resolve(),
  })
  return told.at(-1)
}

it('tells the total a server counted, until more rows than that have come', async () => {
  expect(await endOf(10, 12)).toMatchObject({ rows: 10, total: 12 })
  expect(await endOf(12, 12)).toMatchObject({ total: 12 })
  expect(await endOf(13, 12)).not.toHaveProperty('total')
})
