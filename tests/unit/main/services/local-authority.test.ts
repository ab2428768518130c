import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import { localCatalog } from '#main/services/local-workspace.ts'
import { startLocalAuthority } from '#main/services/local-authority.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import { anOperation } from '#tests/support/make.ts'
import { memoryOutbox } from '#tests/support/sync/memory-outbox.ts'

const note = (id: string, alertId: string) =>
  anOperation('comment.add', { localId: `local:${id}`, message: id }, { id, alertId })

/** `refuses` says what taking it in fails of. `slept` are the pauses, ms; it is closed in the one after `naps`. */
async function worked(refuses: (alertId: string, tries: number) => ErrorKind | undefined, naps: number) {
  const outbox = memoryOutbox([note('a', '~gone'), note('b', '~1')])
  const nothing = { setPending: () => Promise.resolve(), restorePending: () => Promise.resolve() }
  const book = new OperationBook(outbox, nothing, {
    changed: () => undefined,
    outboxChanged: () => undefined,
  })
  const [slept, told]: [number[], string[]] = [[], []]
  let tries = 0
  let now = 10_000
  let isOver = () => undefined as void
  const over = new Promise<void>((resolve) => (isOver = resolve))
  const authority = startLocalAuthority({
    book,
    cache: {
      settle: (alertId) => {
        const kind = refuses(alertId, (tries += 1))
        return kind === undefined ? Promise.resolve([]) : Promise.reject(new ForagerError(kind, 'No.'))
      },
    },
    catalog: localCatalog,
    clock: {
      now: () => now,
      random: () => 0.999,
      sleep: async (ms, signal) => {
        slept.push(ms)
        now += ms
        if (slept.length <= naps) return
        isOver()
        await new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()))
      },
    },
    events: { changed: () => undefined },
    failed: () => told.push('failed'),
    succeeded: () => told.push('succeeded'),
  })
  await over
  await authority.close()
  return { states: Object.fromEntries(outbox.operations.map(({ id, state }) => [id, state])), slept, told }
}

describe('a workspace without a server', () => {
  it('lets a decision about what is not there wait for the analyst, and goes on with the others', async () => {
    const { states, told } = await worked((id) => (id === '~gone' ? 'not-found' : undefined), 0)
    expect(states).toEqual({ a: 'rejected', b: 'sent' })
    expect(told).toEqual(['succeeded'])
  })

  it('tries again, less and less often, while the disk is full, and then says that all is well', async () => {
    const { states, slept, told } = await worked((_, tries) => (tries < 4 ? 'disk-full' : undefined), 3)
    expect(states).toEqual({ a: 'sent', b: 'sent' })
    expect(slept.slice(0, 3).map((ms) => Math.round(ms / 1_000))).toEqual([1, 2, 4])
    expect(told).toEqual(['failed', 'failed', 'failed', 'succeeded'])
  })
})
