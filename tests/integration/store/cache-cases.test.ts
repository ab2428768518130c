import { describe, expect, it } from 'vitest'
import type { CaseChange } from '#shared/model/case.ts'
import { aCase, anAlert, anOperation } from '#tests/support/make.ts'
import { openedCache, tempProfile } from '#tests/support/store/temp-profile.ts'

const update = (change: CaseChange, caseId = '~9', id = 'u') =>
  anOperation('case.update', { change, effect: {} }, { id, alertId: caseId })
const input = {
  ...{ title: 'Wave', description: '', tags: [] },
  ...({ severity: 2, tlp: 'amber', pap: 'amber' } as const),
}
const create = (id: string) =>
  anOperation(
    'case.create',
    { input, predicted: aCase({ id, title: 'Wave', pending: true }) },
    { id: `create-${id}`, alertId: id },
  )
const promote = (id: string) =>
  anOperation('alert.promote', { choices: {}, predicted: aCase({ id, title: 'Promised', pending: true }) })

describe('a case of the server', () => {
  it('shows pending changes over each new state, is found by them, and itself again when they go', () => {
    const { writer, reader } = openedCache()
    writer.upsertCases([aCase()])
    writer.setPending([{ alertId: '~9', operations: [update({ title: 'Renamed', flag: true })] }])
    expect(reader.case('~9')).toMatchObject({ title: 'Renamed', flag: true })
    expect(reader.searchCases('renamed', 5)).toHaveLength(1)
    writer.upsertCases([aCase({ severity: 4 })])
    expect(reader.case('~9')).toMatchObject({ title: 'Renamed', severity: 4 })
    writer.setPending([{ alertId: '~9', operations: [] }])
    expect(reader.case('~9')).toEqual(aCase({ severity: 4 }))
    expect(reader.searchCases('renamed', 5)).toEqual([])
  })

  it('is not taken back to an older state by a late list, but by what is read of it', () => {
    const { writer, reader } = openedCache()
    const old = aCase({ title: 'Old', createdAt: 1 })
    const fresh = { ...old, title: 'New', updatedAt: 9 }
    writer.upsertCases([fresh])
    expect(writer.upsertListedCases([old])).toEqual([])
    expect(reader.case('~9')).toEqual(fresh)
    expect(writer.upsertListedCases([{ ...fresh, title: 'Newest', updatedAt: 10 }])).toEqual(['~9'])
    expect(writer.upsertCases([old])).toEqual(['~9'])
  })

  it('shows what was decided about it while it was promised, also when the server listed it first', () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    writer.setPending([
      { alertId: '~1', operations: [promote('local:c')] },
      { alertId: 'local:c', operations: [update({ title: 'Renamed' }, 'local:c')] },
    ])
    writer.upsertListedCases([aCase({ title: 'Theirs' })])
    writer.resolveLocal('case', 'local:c', '~9')
    expect(reader.case('~9')?.title).toBe('Renamed')
    writer.upsertCases([aCase({ title: 'Theirs' })])
    expect(reader.case('~9')?.title).toBe('Renamed')
  })

  it('shows its base again at start when the decision is gone, and the decision when it is not', () => {
    const { location, writer } = openedCache()
    writer.upsertCases([aCase(), aCase({ id: '~10' })])
    writer.setPending([
      { alertId: '~9', operations: [update({ flag: true })] },
      { alertId: '~10', operations: [update({ flag: true }, '~10')] },
    ])
    const again = openedCache(location)
    again.writer.restorePending([{ alertId: '~10', operations: [update({ flag: true }, '~10')] }])
    expect(again.reader.case('~9')?.flag).toBe(false)
    expect(again.reader.case('~10')?.flag).toBe(true)
  })

  it('has its tasks in their order, as they were when it was last opened', () => {
    const { writer, reader } = openedCache()
    const task = { id: '~t1', title: 'Isolate', status: 'Waiting', mandatory: false, order: 1 }
    writer.replaceTasks('~9', [task, { ...task, id: '~t0', title: 'Call', order: 0 }])
    expect(reader.tasks('~9').map(({ title }) => title)).toEqual(['Call', 'Isolate'])
    writer.replaceTasks('~9', [task])
    expect(reader.tasks('~9')).toEqual([task])
  })
})

describe('a case the server no longer shows', () => {
  it('stays, is not offered any more, and is again when it comes again; a decision on it stays in sight', () => {
    const { writer, reader } = openedCache()
    writer.upsertCases([aCase(), aCase({ id: '~10', number: 10, title: 'Another' })])
    writer.setPending([{ alertId: '~9', operations: [update({ title: 'Renamed' })] }])
    writer.markCasesGone(['~9', '~404'])
    expect(reader.case('~9')).toMatchObject({ title: 'Renamed', gone: true })
    expect(['', 'renamed', '#9'].map((text) => reader.searchCases(text, 5).map(({ id }) => id))).toEqual([
      ['~10'],
      [],
      [],
    ])
    writer.setPending([{ alertId: '~9', operations: [] }])
    expect(reader.case('~9')).toEqual(aCase({ gone: true }))
    writer.upsertCases([aCase()])
    expect(reader.case('~9')).toEqual(aCase())
    expect(reader.searchCases('#9', 5)).toHaveLength(1)
  })

  it('is not one that is only ours yet', () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    writer.setPending([{ alertId: '~1', operations: [promote('local:c')] }])
    writer.markCasesGone(['local:c'])
    expect(reader.case('local:c')).not.toHaveProperty('gone')
  })
})

describe('a case made here', () => {
  it('is there at once, takes changes, and goes when it is taken back', () => {
    const { writer, reader } = openedCache()
    const change = update({ severity: 4 }, 'local:c')
    writer.setPending([{ alertId: 'local:c', operations: [create('local:c'), change] }])
    expect(reader.case('local:c')).toMatchObject({ title: 'Wave', severity: 4, pending: true })
    writer.setPending([{ alertId: 'local:c', operations: [] }])
    expect(reader.case('local:c')).toBeUndefined()
  })

  it('becomes the server’s, and what waits on it goes along', () => {
    const { writer, reader } = openedCache()
    const change = update({ severity: 4 }, 'local:c')
    writer.setPending([{ alertId: 'local:c', operations: [create('local:c'), change] }])
    writer.resolveLocal('case', 'local:c', '~77')
    writer.upsertCases([aCase({ id: '~77', number: 77, title: 'Wave' })])
    expect(reader.case('local:c')).toBeUndefined()
    expect(reader.case('~77')).toMatchObject({ number: 77, severity: 4 })
    writer.setPending([{ alertId: '~77', operations: [] }])
    expect(reader.case('~77')).toMatchObject({ severity: 2 })
  })

  it('a promised one takes changes too, before and after the server has made it', () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    const change = update({ flag: true }, 'local:c')
    writer.setPending([
      { alertId: 'local:c', operations: [change] },
      { alertId: '~1', operations: [promote('local:c')] },
    ])
    expect(reader.case('local:c')).toMatchObject({ title: 'Promised', flag: true })
    writer.resolveLocal('case', 'local:c', '~77')
    writer.upsertCases([aCase({ id: '~77', title: 'Made' })])
    expect(reader.case('~77')).toMatchObject({ title: 'Made', flag: true })
    expect(reader.detail('~1')?.case?.id).toBe('~77')
  })

  it('a promise that is taken back takes its case along, and leaves changes of it nothing to change', () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    writer.setPending([
      { alertId: '~1', operations: [promote('local:c')] },
      { alertId: 'local:c', operations: [update({ flag: true }, 'local:c')] },
    ])
    writer.setPending([{ alertId: '~1', operations: [] }])
    expect(reader.case('local:c')).toBeUndefined()
  })
})

describe('in a workspace without a server', () => {
  const workspace = () => openedCache(tempProfile({ care: 'precious' }))

  it('a new case gets the next number, once, and changes become its own', () => {
    const { writer, reader } = workspace()
    writer.upsertCases([aCase({ number: 4 })])
    writer.settle('local:c', [create('local:c')])
    writer.settle('local:c', [create('local:c')])
    expect(reader.case('local:c')).toMatchObject({ title: 'Wave', number: 5 })
    expect(reader.case('local:c')).not.toHaveProperty('pending')
    writer.settle('local:c', [update({ flag: true }, 'local:c')])
    expect(reader.case('local:c')).toMatchObject({ flag: true, number: 5 })
    expect(reader.searchCases('wave', 5)).toHaveLength(1)
  })

  it('keeps showing what still waits on the case while others settle', () => {
    const { writer, reader } = workspace()
    const both = [update({ flag: true }, '~9', 'a'), update({ severity: 4 }, '~9', 'b')]
    writer.upsertCases([aCase()])
    writer.setPending([{ alertId: '~9', operations: both }])
    writer.settle('~9', both.slice(0, 1))
    expect(reader.case('~9')).toMatchObject({ flag: true, severity: 4 })
    writer.setPending([{ alertId: '~9', operations: [] }])
    expect(reader.case('~9')).toMatchObject({ flag: true, severity: 2 })
  })

  it('a decision about a case that does not exist is refused', () => {
    const { writer } = workspace()
    expect(() => writer.settle('~404', [update({ flag: true }, '~404')])).toThrow(
      expect.objectContaining({ kind: 'not-found' }),
    )
  })
})
