import { describe, expect, it } from 'vitest'
import { everything } from '#shared/query/filter.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { aCase, aCreation, anInput, anOperation, plainMarks } from '#tests/support/make.ts'
import { openedCache, tempProfile } from '#tests/support/store/temp-profile.ts'

const about = { alertId: 'local:a' }
const create = anOperation('alert.create', aCreation({ input: anInput({ title: 'Call' }) }), about)
const values = (id: string, ...data: string[]) =>
  anOperation(
    'observable.add-values',
    {
      marks: plainMarks,
      values: data.map((one) => ({ dataType: 'ip', data: one, localId: `local:${id}-${one}` })),
    },
    { ...about, id },
  )
const note = anOperation('comment.add', { localId: 'local:c', message: 'seen' }, about)
const promote = (id: string) =>
  anOperation(
    'alert.promote',
    { choices: {}, predicted: aCase({ id: `local:case-${id}`, pending: true }) },
    { ...about, id },
  )

function workspace() {
  return openedCache(tempProfile({ care: 'precious' }))
}

describe('in a workspace without a server', () => {
  it('decisions become the base and are no longer pending', () => {
    const { writer, reader } = workspace()
    writer.settle('local:a', [create, values('v1', '192.0.2.1'), note])
    const { pks } = reader.order({ filter: everything, sort: newestFirst, after: undefined, limit: 10 })
    expect(reader.rows(pks)).toMatchObject([{ title: 'Call', observableCount: 1, pending: false }])
    const detail = reader.detail('local:a')
    expect(detail?.observables[0]).not.toHaveProperty('pending')
    expect(detail?.comments[0]).not.toHaveProperty('pending')
    expect(writer.alert('local:a').base).toEqual(writer.alert('local:a').effective)
  })

  it('a decision that was shown as pending settles into the same', () => {
    const { writer, reader } = workspace()
    const all = [create, values('v1', '192.0.2.1', '192.0.2.2'), note]
    writer.setPending([{ alertId: 'local:a', operations: all }])
    writer.settle('local:a', all)
    expect(reader.detail('local:a')).toMatchObject({
      alert: { observableCount: 2 },
      observables: [{ data: '192.0.2.1' }, { data: '192.0.2.2' }],
      comments: [{ message: 'seen' }],
    })
    writer.setPending([{ alertId: 'local:a', operations: [] }])
    expect(reader.detail('local:a')?.observables).toHaveLength(2)
  })

  it('a decision that comes again after a crash takes hold once', () => {
    const { writer, reader } = workspace()
    writer.settle('local:a', [create, values('v1', '192.0.2.1'), promote('p')])
    writer.settle('local:a', [create, values('v1', '192.0.2.1'), promote('p')])
    expect(reader.detail('local:a')?.alert.observableCount).toBe(1)
    expect(reader.searchCases('', 10)).toHaveLength(1)
  })

  it('keeps showing what is still held back while others settle', () => {
    const { writer, reader } = workspace()
    writer.settle('local:a', [create])
    const held = anOperation('alert.update', { change: { title: 'Better' }, effect: {} }, about)
    writer.setPending([{ alertId: 'local:a', operations: [note, held] }])
    writer.settle('local:a', [note])
    expect(writer.alert('local:a')).toMatchObject({ base: { title: 'Call' }, effective: { title: 'Better' } })
    expect(reader.detail('local:a')?.comments).toHaveLength(1)
  })

  it('cases are numbered one after the other', () => {
    const { writer, reader } = workspace()
    writer.settle('local:a', [create, promote('p')])
    const second = { ...create, id: 'c2', alertId: 'local:b' }
    writer.settle('local:b', [second, { ...promote('q'), alertId: 'local:b' }])
    expect(reader.searchCases('', 10).map(({ number }) => number)).toEqual(expect.arrayContaining([1, 2]))
    expect(reader.detail('local:b')?.case).toMatchObject({ number: 2 })
    expect(reader.detail('local:b')?.case).not.toHaveProperty('pending')
  })

  it('the same value is not added twice', () => {
    const { writer, reader } = workspace()
    writer.settle('local:a', [create, values('v1', '192.0.2.1')])
    writer.settle('local:a', [values('v2', '192.0.2.1', '192.0.2.2')])
    const detail = reader.detail('local:a')
    expect(detail?.observables.map(({ data }) => data)).toEqual(['192.0.2.1', '192.0.2.2'])
    expect(detail?.alert.observableCount).toBe(2)
  })

  it('and the one that stays is told, also once more after a crash', () => {
    const { writer } = workspace()
    expect(writer.settle('local:a', [create, values('v1', '192.0.2.1')])).toEqual([])
    const again = [values('v2', '192.0.2.1', '192.0.2.2')]
    const twins = [['local:v2-192.0.2.1', 'local:v1-192.0.2.1']]
    expect(writer.settle('local:a', again)).toEqual(twins)
    expect(writer.settle('local:a', again)).toEqual(twins)
  })

  it('a decision about an alert that does not exist is refused and leaves nothing', () => {
    const { writer, reader } = workspace()
    expect(() => writer.settle('local:none', [note])).toThrow(expect.objectContaining({ kind: 'not-found' }))
    expect(reader.counts('ana').total).toBe(0)
  })
})
