import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { RecoveryKey } from '../../../../src-renderer/features/settings/recovery-key.svelte.ts'
import type { App } from '../../../../src-renderer/state/app.ts'

const code = '7QX2-M0KD-W9TB-3HRN-5CVA-E8JZ-4P6G'

/** The settings of a profile whose recovery key was made at 5, or never. */
async function settings(madeAt: number | null = 5) {
  const calls: string[] = []
  const told: string[] = []
  const making = Promise.withResolvers<{ code: string }>()
  const keeping = Promise.withResolvers<{ madeAt: number }>()
  const call = (name: string) => {
    calls.push(name)
    if (name === 'vault.recoveryOf') return Promise.resolve({ madeAt })
    return name === 'vault.makeRecoveryKey' ? making.promise : keeping.promise
  }
  const problems = { tell: (said: string, more: string) => told.push(`${said}. ${more}`) }
  const key = new RecoveryKey({ api: { call }, problems } as unknown as App, 'p')
  await key.start()
  /** Made and on the screen. */
  const shown = async () => {
    const made = key.make()
    making.resolve({ code })
    await made
  }
  return { key, calls, told, making, keeping, shown }
}

describe('a recovery key that is made in the settings', () => {
  it('is kept once its end was typed, and gone from the page', async () => {
    const { key, calls, told, keeping, shown } = await settings()
    await shown()
    expect([key.code, key.madeAt, key.isWritten]).toEqual([code, 5, false])
    await key.keep()
    expect(calls).not.toContain('vault.keepRecoveryKey')
    key.typed = ' 4p6g'
    const kept = key.keep()
    keeping.resolve({ madeAt: 7 })
    await kept
    expect([key.code, key.madeAt]).toEqual([undefined, 7])
    key.leave()
    expect(told).toEqual([])
  })

  it('is not seen, and not kept, by whoever closed the settings while the keychain was asked', async () => {
    const { key, calls, told, making } = await settings()
    const made = key.make()
    key.leave()
    making.resolve({ code })
    await made
    expect(key.code).toBeUndefined()
    expect(calls).not.toContain('vault.keepRecoveryKey')
    expect(told).toEqual([])
  })

  it.each([
    [5, 'The one made before still does.'],
    [null, 'There is none.'],
  ])(
    'says that it opens nothing where the settings are closed before it was kept (%s)',
    async (madeAt, then) => {
      const { key, told, shown } = await settings(madeAt)
      await shown()
      key.leave()
      expect(told).toEqual([`The new recovery key was not kept. It opens nothing. ${then}`])
      expect(key.code).toBeUndefined()
    },
  )

  it('stays on the screen where it could not be kept', async () => {
    const { key, keeping, shown } = await settings()
    await shown()
    key.typed = '4P6G'
    keeping.reject(new ForagerError('disk-full', 'The disk is full.'))
    await key.keep()
    expect(key).toMatchObject({ code, madeAt: 5, attempt: { problem: { kind: 'disk-full' } } })
  })

  it.each([true, false])(
    'that is being kept as the settings close is told of only if it was not: %s',
    async (isKept) => {
      const { key, told, keeping, shown } = await settings()
      await shown()
      key.typed = '4P6G'
      const kept = key.keep()
      key.leave()
      if (isKept) keeping.resolve({ madeAt: 7 })
      else keeping.reject(new ForagerError('disk-full', 'The disk is full.'))
      await kept
      expect(told).toHaveLength(isKept ? 0 : 1)
    },
  )
})
