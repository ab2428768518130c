import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Soon } from '../../../../src-renderer/state/soon.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const pauseMs = 100

it('works once for all who ask within a pause', async () => {
  const work = vi.fn(() => Promise.resolve())
  const soon = new Soon(work, () => pauseMs)
  for (let asked = 0; asked < 5; asked += 1) soon.ask()
  expect(work).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(10 * pauseMs)
  expect(work).toHaveBeenCalledTimes(1)
})

it('is not put off by those who go on asking', async () => {
  const work = vi.fn(() => Promise.resolve())
  const soon = new Soon(work, () => pauseMs)
  for (let ms = 0; ms < 10 * pauseMs; ms += pauseMs / 2) {
    soon.ask()
    await vi.advanceTimersByTimeAsync(pauseMs / 2)
  }
  expect(work).toHaveBeenCalledTimes(10)
})

it('is never two at once; who asked meanwhile gets it once more', async () => {
  const ends: (() => void)[] = []
  const work = vi.fn(() => new Promise<void>((end) => ends.push(end)))
  const soon = new Soon(work, () => pauseMs)
  soon.ask()
  await vi.advanceTimersByTimeAsync(pauseMs)
  soon.ask()
  soon.ask()
  await vi.advanceTimersByTimeAsync(10 * pauseMs)
  expect(work).toHaveBeenCalledTimes(1)
  ends.shift()?.()
  await vi.advanceTimersByTimeAsync(pauseMs)
  expect(work).toHaveBeenCalledTimes(2)
  ends.shift()?.()
  await vi.advanceTimersByTimeAsync(10 * pauseMs)
  expect(work).toHaveBeenCalledTimes(2)
})

it('does nothing more once it is stopped, and works again when it is asked again', async () => {
  const ends: (() => void)[] = []
  const work = vi.fn(() => new Promise<void>((end) => ends.push(end)))
  const soon = new Soon(work, () => pauseMs)
  soon.ask()
  soon.stop()
  await vi.advanceTimersByTimeAsync(10 * pauseMs)
  expect(work).not.toHaveBeenCalled()
  soon.ask()
  await vi.advanceTimersByTimeAsync(pauseMs)
  soon.ask()
  soon.stop()
  ends.shift()?.()
  await vi.advanceTimersByTimeAsync(10 * pauseMs)
  expect(work).toHaveBeenCalledTimes(1)
})
