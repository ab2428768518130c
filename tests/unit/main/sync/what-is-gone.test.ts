import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { Operation } from '#shared/model/operation.ts'
import { createFindingGone } from '#main/sync/what-is-gone.ts'
import { anOperation } from '#tests/support/make.ts'

type Context = Parameters<ReturnType<typeof createFindingGone>>[0]

/** One refused decision about an alert that the server does not have, and how it answers who deleted it. */
function refused(
  deletionOf: () => Promise<unknown>,
  alert: () => Promise<unknown> = () => Promise.resolve(undefined),
) {
  const lastError: ErrorData = { kind: 'not-found', message: 'no such alert' }
  let operation = anOperation('alert.follow', { follow: false }, { state: 'rejected', lastError })
  let now = 1_000
  const context = {
    server: { alert, deletionOf },
    cache: { markGone: () => Promise.resolve() },
    ...{ clock: { now: () => now }, now: () => now, stopped: () => false },
    signal: new AbortController().signal,
    pending: {
      all: () => [operation],
      resolved: (one: Operation) => one,
      save: (one: Operation) => void (operation = one as typeof operation),
    },
  } as unknown as Context
  const findWhatIsGone = createFindingGone()
  return { ask: (ms = 0) => ((now += ms), findWhatIsGone(context)), gone: () => operation.gone }
}

const failing = (details: Record<string, number>) => () =>
  Promise.reject(new ForagerError('server-error', 'no', { details: { status: 503, ...details } }))

describe('who deleted an alert', () => {
  it('is told where the server’s trail tells', async () => {
    const { ask, gone } = refused(() => Promise.resolve({ by: 'bo', at: 900 }))
    await ask()
    expect(gone()).toEqual({ what: 'alert', by: 'bo', at: 900 })
  })

  it('is not asked again of a server that cannot tell', async () => {
    const { ask, gone } = refused(failing({}))
    await ask()
    expect(gone()).toEqual({ what: 'alert' })
  })

  it('is asked after the pause of a server that asks for one', async () => {
    const { ask, gone } = refused(failing({ retryAfterMs: 45_000 }))
    await expect(ask()).rejects.toMatchObject({ details: { retryAfterMs: 45_000 } })
    expect(gone()).toBeUndefined()
  })
})

describe('what is gone', () => {
  it('is looked for later where the server fails over the alert, and the round goes on', async () => {
    let alert = failing({})
    const { ask, gone } = refused(
      () => Promise.resolve(undefined),
      () => alert(),
    )
    await ask()
    expect(gone()).toBeUndefined()
    alert = () => Promise.resolve(undefined) as Promise<never>
    await ask(20_000)
    expect(gone()).toBeUndefined()
    await ask(300_000)
    expect(gone()).toEqual({ what: 'alert' })
  })

  it('is looked for after the pause of a server that asks for one', async () => {
    const { ask, gone } = refused(() => Promise.resolve(undefined), failing({ retryAfterMs: 45_000 }))
    await expect(ask()).rejects.toMatchObject({ details: { retryAfterMs: 45_000 } })
    expect(gone()).toBeUndefined()
  })
})
