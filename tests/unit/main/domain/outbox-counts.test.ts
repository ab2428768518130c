import { expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { outboxCounts } from '#main/domain/outbox-counts.ts'

const carried = { role: 'exported', at: 1, file: 'f' } as const
const one = (state: Operation['state'], more: Partial<Operation> = {}) => ({ state, ...more }) as Operation

it('counts what was exported once: as needing the analyst where it does', () => {
  expect(
    outboxCounts([
      one('held'),
      one('ready', { carried: { ...carried, role: 'resumed' } }),
      one('held', { carried }),
      one('conflict', { carried }),
      one('rejected'),
    ]),
  ).toEqual({ waiting: 5, needAttention: 2, exported: 1 })
  expect(outboxCounts([])).toEqual({ waiting: 0, needAttention: 0, exported: 0 })
})
