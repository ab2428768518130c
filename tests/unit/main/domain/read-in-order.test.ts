import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/model/alert.ts'
import { fold } from '#main/domain/fold.ts'
import { readInOrder } from '#main/domain/read-in-order.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'

const edit = (id: string, change: Partial<Alert>, alertId = '~1') =>
  anOperation('alert.update', { change, effect: {} }, { id, alertId, state: 'sent' })

const idsOf = (sent: Parameters<typeof readInOrder>[0], read: readonly string[]) =>
  readInOrder(sent, ({ id }) => read.includes(id)).map(({ id }) => id)

describe('what was sent and read', () => {
  it('stays while an older one that sets the same could not be read', () => {
    const sent = [edit('a', { title: 'one' }), edit('b', { title: 'two' })]
    expect(idsOf(sent, ['b'])).toEqual([])
    expect(idsOf(sent, ['a'])).toEqual(['a'])
    expect(idsOf(sent, ['a', 'b'])).toEqual(['a', 'b'])
  })

  it('also where one does so besides', () => {
    const closed = edit('a', { status: 'Ignored' })
    const imported = anOperation('alert.import', { caseId: '~9' }, { id: 'b', state: 'sent' })
    expect(idsOf([closed, imported], ['b'])).toEqual([])
  })

  it('goes where the older one is about something else', () => {
    const sent = [edit('a', { title: 'one' }), edit('b', { severity: 4 }), edit('c', { title: 'x' }, '~2')]
    expect(idsOf(sent, ['b', 'c'])).toEqual(['b', 'c'])
  })

  it('whatever was read: the copy shows what the server has', () => {
    const change = fc.record(
      { title: fc.constantFrom('x', 'y'), severity: fc.constantFrom(1, 2, 3) } as const,
      {
        requiredKeys: [],
      },
    )
    const step = fc.record({ change, isRead: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const sent = steps.map((one, at) => edit(String(at), one.change as Partial<Alert>))
        const there = fold(anAlert(), sent).alert
        const gone = readInOrder(sent, ({ id }) => steps[Number(id)]?.isRead === true)
        const shown = fold(
          there,
          sent.filter((one) => !gone.includes(one)),
        )
        expect(shown.alert).toEqual(there)
      }),
    )
  })
})
