import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { createReconciler } from '#main/sync/reconcile.ts'
import type { ReconcileContext } from '#main/sync/round-context.ts'

/** A server that answers so when it is asked what was deleted. */
function answering(error: ForagerError): ReconcileContext {
  const time = { now: () => 0 }
  const context = {
    ...{ clock: time, ...time, urgent: () => false, signal: new AbortController().signal },
    server: { deletedAlerts: () => Promise.reject(error) },
    cache: { marks: () => Promise.resolve({ fill: 'done', state: {} }) },
  }
  return context as unknown as ReconcileContext
}

const failed = (details: object) =>
  new ForagerError('server-error', 'no', { details: { status: 503, ...details } })

describe('what no stamp tells of', () => {
  it('is left for later when the server fails over it', async () => {
    expect(await createReconciler()(answering(failed({})))).toMatchObject({
      problem: { kind: 'server-error' },
    })
  })

  it('ends the round when the server asks for a pause, so that nothing else is sent either', async () => {
    const asked = answering(failed({ retryAfterMs: 45_000 }))
    await expect(createReconciler()(asked)).rejects.toMatchObject({ details: { retryAfterMs: 45_000 } })
  })
})
