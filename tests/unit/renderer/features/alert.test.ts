import { describe, expect, it } from 'vitest'
import type { Observable } from '#shared/model/observable.ts'
import { marksChange, sharedMarks } from '../../../../src-renderer/features/alert/observables/marks-change.ts'
import {
  draftOfProcedure,
  procedureChange,
} from '../../../../src-renderer/features/alert/procedures/procedure-change.ts'
import {
  findTechniques,
  tacticName,
} from '../../../../src-renderer/features/alert/procedures/technique-search.ts'
import { aProcedure } from '#tests/support/make.ts'
import { sampleTechniques } from '#tests/support/renderer-harness/sample-techniques.ts'

const observable = (more: Partial<Observable> = {}): Observable => ({
  ...{ id: '~1', dataType: 'ip', data: '192.0.2.1', tlp: 'amber', pap: 'amber', tags: ['a', 'b'] },
  ...{ ioc: false, sighted: false, ignoreSimilarity: false, createdAt: 0, createdBy: 'ana' },
  ...more,
})
const ids = (typed: string) => findTechniques(sampleTechniques, typed).map((one) => one.patternId)

describe('the technique picker', () => {
  it('finds by id, by name and by tactic', () => {
    expect(ids('t1059.001')).toEqual(['T1059.001'])
    expect(ids('powershell')).toEqual(['T1059.001'])
    expect(ids('exfiltration')).toEqual(['T1048'])
    expect(ids('initial access')).toContain('T1078')
    expect(ids('initial-access spear')).toEqual(['T1566.001', 'T1566.002'])
  })

  it('puts an exact id before its sub-techniques', () => {
    expect(ids('T1566')[0]).toBe('T1566')
    expect(ids('T1110')[0]).toBe('T1110')
  })

  it('shows what is usual for nothing typed, and nothing for nonsense', () => {
    expect(ids('  ')).toHaveLength(sampleTechniques.length)
    expect(ids('zzzz')).toEqual([])
  })

  it('reads tactics as people do', () => {
    expect(tacticName('command-and-control')).toBe('Command and control')
  })
})

describe('editing a TTP', () => {
  const was = aProcedure({ occurDate: 1_772_000_000_123, description: 'by mail ' })

  it('changes only what was touched: a moment keeps what its control does not show', () => {
    const draft = draftOfProcedure(was)
    expect(procedureChange(was, draft)).toBeUndefined()
    expect(procedureChange(was, { ...draft, description: ' by hand ' })).toEqual({ description: 'by hand' })
    expect(procedureChange(was, { ...draft, tactic: 'execution' })).toEqual({ tactic: 'execution' })
    const when = '2026-03-01T10:30:00'
    expect(procedureChange(was, { ...draft, when })).toEqual({ occurDate: new Date(when).getTime() })
  })
})

describe('editing several observables', () => {
  const one = observable({ ioc: true, message: 'seen in mail' })
  const other = observable({ id: '~2', tlp: 'red', tags: ['b', 'c'], message: 'seen in proxy' })

  it('shows what they share and leaves open where they differ', () => {
    expect(sharedMarks([one, other])).toEqual({
      ...{ tlp: undefined, pap: 'amber', ioc: undefined, sighted: false, ignoreSimilarity: false },
      ...{ message: undefined, tags: ['b'] },
    })
  })

  it('sends nothing when nothing was changed', () => {
    const before = sharedMarks([one, other])
    expect(marksChange(before, before)).toBeUndefined()
  })

  it('sends only what was changed, tags as added and removed', () => {
    const before = sharedMarks([one, other])
    const now = { ...before, tlp: 'green' as const, sighted: true, tags: ['new'] }
    expect(marksChange(before, now)).toEqual({
      ...{ tlp: 'green', sighted: true, addTags: ['new'], removeTags: ['b'] },
    })
  })

  it('can empty a description that they share', () => {
    const before = sharedMarks([one])
    expect(marksChange(before, { ...before, message: '' })).toEqual({ message: '' })
  })
})
