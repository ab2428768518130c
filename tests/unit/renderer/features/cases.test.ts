import { describe, expect, it } from 'vitest'
import { groupTasks, taskWord } from '../../../../src-renderer/features/cases/case-tasks.ts'
import { CaseForm } from '../../../../src-renderer/features/cases/case-form.svelte.ts'
import { conflictValue } from '../../../../src-renderer/features/outbox/conflict-value.ts'
import { absoluteTime } from '../../../../src-renderer/ui/format/age.ts'
import { aCase } from '#tests/support/make.ts'
import { sampleCatalog, sampleTasks } from '#tests/support/renderer-harness/sample-catalog.ts'

describe('the tasks of a case', () => {
  it('stand in their groups and their order, with how many are finished', () => {
    const groups = groupTasks(sampleTasks(0).toReversed())
    expect(groups.map(({ name, done, tasks }) => [name, done, tasks.length])).toEqual([
      ['Contain', 1, 2],
      ['Identify', 1, 2],
    ])
    expect(groups[0]?.tasks[0]?.title).toMatch(/^Pull the message/)
  })

  it('say their status in words, the server’s own where it is a new one', () => {
    expect(taskWord('Completed')).toBe('done')
    expect(taskWord('Parked')).toBe('Parked')
  })
})

describe('the form of a case', () => {
  it('tells only what was changed, and what that was when the form was opened', () => {
    const customFields = [{ name: 'unit', type: 'string', value: 'Sales', order: 0 }]
    const form = new CaseForm(aCase({ description: 'a', tags: ['x'], customFields }))
    expect(form.change()).toBeUndefined()
    form.draft.title = ' Wave '
    form.draft.assignee = 'bo'
    form.draft.tags = ['y']
    form.draft.fields = form.draft.fields.map((one) => ({ ...one, text: 'Plant' }))
    expect(form.change()).toEqual({
      change: {
        ...{ title: 'Wave', assignee: 'bo', addTags: ['y'], removeTags: ['x'] },
        customFields: [{ name: 'unit', type: 'string', value: 'Plant', order: 0 }],
      },
      before: { title: 'A case', assignee: null, customFields },
    })
  })
})

describe('a side of a conflict', () => {
  it('is said by its meaning', () => {
    expect(conflictValue(4, 'severity')).toBe('Critical')
    expect(conflictValue('amber-strict', 'tlp')).toBe('AMBER+STRICT')
    expect(conflictValue(true, 'flag')).toBe('yes')
    expect(conflictValue([], 'tags')).toBe('(nothing)')
    expect(conflictValue(undefined, 'assignee')).toBe('(nothing)')
    const fields = [{ name: 'unit', type: 'string', value: 'Sales' }]
    expect(conflictValue(fields, 'customFields')).toBe('unit: Sales')
  })

  it('is a moment where its number means one', () => {
    const at = 1_767_225_600_000
    const moment = absoluteTime(at)
    const { customFields } = sampleCatalog
    expect(conflictValue(at, 'occurDate')).toBe(moment)
    expect(conflictValue(at, 'customFields.contained-at', customFields)).toBe(moment)
    expect(conflictValue([at, at], 'customFields.contained-at', customFields)).toBe(`${moment}, ${moment}`)
    expect(conflictValue([{ name: 'x', type: 'date', value: at }], 'customFields')).toBe(`x: ${moment}`)
    expect(conflictValue(4, 'customFields.hosts-affected', customFields)).toBe('4')
  })
})
