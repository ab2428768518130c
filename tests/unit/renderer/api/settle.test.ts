import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { settle } from '../../../../src-renderer/api/settle.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an answer of main', () => {
  it('is its value when it went well', async () => {
    expect(await settle('app.info', 1_000, Promise.resolve({ ok: true, value: 5 }))).toBe(5)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is thrown as the typed error it was', async () => {
    const error = { kind: 'conflict', message: 'A twin', details: { twinId: '~1' } } as const
    const settled = settle('alerts.create', 1_000, Promise.resolve({ ok: false, error }))
    await expect(settled).rejects.toBeInstanceOf(ForagerError)
    await expect(settled).rejects.toMatchObject(error)
  })

  it('that never comes is a timeout, a little after main’s own', async () => {
    const settled = settle('sync.now', 1_000, new Promise(() => undefined))
    const caught = settled.catch((thrown: unknown) => thrown)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await Promise.race([caught, 'still waiting'])).toBe('still waiting')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(await caught).toMatchObject({ kind: 'timeout' })
  })
})
