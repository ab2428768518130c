import { expect, it, vi } from 'vitest'
import type { Parts } from '#main/core/outbox-reading.ts'
import { findReceipts } from '#main/core/receipt-reading.ts'
import { anOperation } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'

it('a search through pages of receipts never looks through what waits: nothing of it is in them', async () => {
  const { context } = servicesRig({})
  await context.book.append([
    anOperation('alert.follow', { follow: true }, { id: 'a' }),
    anOperation('alert.follow', { follow: false }, { id: 'b', dependsOn: ['a'] }),
  ])
  const sent = Array.from({ length: 1_200 }, (_, at) =>
    anOperation(
      'comment.add',
      { localId: `local:m${at}`, message: `seen ${at}` },
      { id: `c${at}`, state: 'sent', receipt: { at, note: 'ok' } },
    ),
  )
  const files = {
    outbox: {
      receipts: (limit: number, last?: string) => {
        const from = sent.findIndex(({ id }) => id === last) + 1
        return sent.slice(from, from + limit)
      },
    },
    readers: { quick: { titles: () => Promise.resolve({}), case: () => Promise.resolve(undefined) } },
  } as unknown as Parts['files']
  const all = vi.spyOn(context.book, 'all')
  const { found, more } = await findReceipts({ text: 'seen 1199', limit: 10 }, { context, files })
  expect(found).toMatchObject([{ id: 'c1199', state: 'sent', waitsFor: [] }])
  expect(more).toBe(false)
  expect(all).not.toHaveBeenCalled()
})
