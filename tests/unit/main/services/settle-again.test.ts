import { expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation } from '#shared/model/operation.ts'
import { settleAgain } from '#main/services/settle-again.ts'
import { anOperation } from '#tests/support/make.ts'
import { memoryOutbox } from '#tests/support/sync/memory-outbox.ts'

const receipt = (id: string) =>
  anOperation('comment.add', { localId: `local:${id}`, message: id }, { id, state: 'sent' })
const many = Array.from({ length: 1_200 }, (_, at) => `op${at}`)

/** A workspace of so many receipts, of which the copy has the oldest; `fails` is met when one takes hold. */
function workspace(settledUpTo: number, fails: (id: string) => ForagerError | undefined = () => undefined) {
  const settled = new Set(many.slice(0, settledUpTo))
  const taken: string[] = []
  let asked = 0
  const outbox = memoryOutbox(many.map(receipt))
  const [book, catalog] = [{ resolved: (one: Operation) => one }, { caseTemplates: [] }]
  const cache = {
    unsettled: (ids: readonly string[]) => {
      asked += ids.length
      return Promise.resolve(ids.filter((id) => !settled.has(id)))
    },
    settle: (_: string, operations: readonly { id: string }[]) => {
      for (const { id } of operations) {
        const failure = fails(id)
        if (failure !== undefined) return Promise.reject(failure)
        settled.add(id)
        taken.push(id)
      }
      return Promise.resolve([])
    },
  }
  return { again: () => settleAgain({ outbox, cache, book, catalog }), taken, asked: () => asked }
}

it('what took hold after the backup takes hold again, oldest first, however much it is', async () => {
  const { again, taken } = workspace(10)
  await again()
  expect(taken).toEqual(many.slice(10))
})

it('what the copy has is looked for no further than a page', async () => {
  const { again, taken, asked } = workspace(many.length)
  await again()
  expect([taken, asked()]).toEqual([[], 500])
})

it('what a full disk ended goes on at the next opening, in the same order', async () => {
  let isFull = true
  const full = (id: string) => (isFull && id === 'op700' ? new ForagerError('disk-full', 'Full.') : undefined)
  const { again, taken } = workspace(10, full)
  await expect(again()).rejects.toMatchObject({ kind: 'disk-full' })
  isFull = false
  await again()
  expect(taken).toEqual(many.slice(10))
})

it('one about what is not there holds up no other', async () => {
  const gone = (id: string) => (id === 'op700' ? new ForagerError('not-found', 'Not there.') : undefined)
  const { again, taken } = workspace(10, gone)
  await again()
  expect(taken).toEqual(many.slice(10).filter((id) => id !== 'op700'))
})
