import { describe, expect, it } from 'vitest'
import type { OperationEdit } from '#shared/model/operation-edit.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import { editDraft, editFrom } from '../../../../src-renderer/features/outbox/edit/edit-draft.ts'
import { planLines } from '../../../../src-renderer/features/outbox/plan-tree.ts'

const line = (id: string, under?: string) => ({ id, ...(under && { under }) }) as OperationView
const shown = (...lines: OperationView[]) =>
  planLines(lines).map(({ operation, depth }) => `${'·'.repeat(depth)}${operation.id}`)

describe('the plan as lines', () => {
  it('whatever was built on a decision stands beneath it, else in the order of sending', () => {
    expect(shown(line('a'), line('b'), line('c', 'a'), line('d', 'c'), line('e', 'a'))).toEqual([
      'a',
      '·c',
      '··d',
      '·e',
      'b',
    ])
  })

  it('what was built on something that stands elsewhere is not indented, and nothing is left out', () => {
    expect(shown(line('a', 'conflict'), line('b'))).toEqual(['a', 'b'])
    const deep = Array.from({ length: 9 }, (_, n) => line(`${n}`, n === 0 ? undefined : `${n - 1}`))
    expect(planLines(deep).map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 4, 4, 4, 4, 4])
  })
})

const aKey = { type: 'manual', source: 'phone', sourceRef: 'r-7' }
const edits: OperationEdit[] = [
  {
    kind: 'alert.update',
    change: {
      severity: 3,
      addTags: ['a'],
      removeTags: ['b'],
      summary: 's',
      customFields: [],
      follow: undefined,
    } as never,
  },
  { kind: 'alert.update', change: { assignee: null, title: 'T', externalLink: 'x' } },
  {
    kind: 'case.update',
    change: { status: 'Resolved', impactStatus: 'NoImpact', flag: false, description: '' },
  },
  { kind: 'observable.update', change: { ioc: false, dataType: 'ip', ignoreSimilarity: true, message: 'm' } },
  { kind: 'alert.promote', choices: { title: 'T', caseTemplate: 'phishing', tags: ['x'], tlp: 'red' } },
  {
    kind: 'alert.promote',
    choices: {
      ...{ title: 'T', description: 'd', status: 'InProgress', summary: 's', flag: true },
      ...{ startDate: 1, endDate: 2, tasks: [{ title: 't' }], taskRule: 'manual' },
      pages: [{ title: 'p', category: 'c', content: '' }],
      customFields: [{ name: 'f', type: 'string', value: 'v' }],
    },
  },
  { kind: 'comment.add', message: 'hi' },
  { kind: 'alert.create', key: aKey },
  {
    kind: 'observable.add-values',
    marks: { tlp: 'amber', pap: 'red', tags: [], ioc: false, sighted: true },
  },
]

describe('the form of an edit', () => {
  it.each(edits)('left as it opened it is the same decision: %o', (edit) => {
    expect(editFrom(edit, editDraft(edit))).toEqual(edit)
  })

  it('of a promotion changes what it shows and lets the rest of the choices be', () => {
    const edit: OperationEdit = {
      kind: 'alert.promote',
      choices: { title: 'T', severity: 2, tags: ['x'], tasks: [{ title: 'Call them back' }], flag: true },
    }
    const draft = { ...editDraft(edit), title: '', severity: 4 as const, tags: [] }
    expect(editFrom(edit, draft)).toEqual({
      kind: 'alert.promote',
      choices: { severity: 4, tasks: [{ title: 'Call them back' }], flag: true },
    })
  })

  it('of a new alert gives it the reference that was typed', () => {
    const edit: OperationEdit = { kind: 'alert.create', key: aKey }
    const draft = { ...editDraft(edit), sourceRef: 'r-8' }
    expect(editFrom(edit, draft)).toEqual({ kind: 'alert.create', key: { ...aKey, sourceRef: 'r-8' } })
  })

  it('of new observables lets go of words that were emptied', () => {
    const marks = { tlp: 'amber', pap: 'amber', tags: ['x'], ioc: true, sighted: false } as const
    const plain = { ...marks, tags: ['x'] }
    const edit: OperationEdit = { kind: 'observable.add-values', marks: { ...plain, message: 'm' } }
    expect(editFrom(edit, { ...editDraft(edit), message: '' })).toEqual({ kind: edit.kind, marks: plain })
  })

  it('what is emptied is set to nothing where that can be, and let go elsewhere', () => {
    const edit = edits[1]!
    const draft = { ...editDraft(edit), assignee: 'bo', severity: 4 as const, tags: ['x'] }
    expect(editFrom(edit, draft)).toEqual({
      kind: 'alert.update',
      change: { assignee: 'bo', title: 'T', externalLink: 'x', severity: 4, addTags: ['x'] },
    })
    const first = edits[0]!
    const left = { ...editDraft(first), severity: undefined, summary: '', removeTags: [] }
    expect(editFrom(first, left)).toMatchObject({ change: { summary: '', addTags: ['a'] } })
    expect((editFrom(first, left) as { change: object }).change).not.toHaveProperty('severity')
  })
})
