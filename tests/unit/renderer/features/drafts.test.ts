import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/model/alert.ts'
import type { CaseTemplate, CustomFieldDefinition } from '#shared/model/catalog.ts'
import type { Observable } from '#shared/model/observable.ts'
import { draftSchema } from '#shared/model/draft.ts'
import type { WordsOf } from '#shared/model/draft.ts'
import { begunProcedure } from '../../../../src-renderer/features/alert/procedures/begun-procedure.ts'
import { draftedTabs } from '../../../../src-renderer/features/alert/drafted-tabs.ts'
import { keptMarks, sharedMarks } from '../../../../src-renderer/features/alert/observables/marks-change.ts'
import { begunCase, begunNewCase } from '../../../../src-renderer/features/cases/begun-case.ts'
import { begunEdit } from '../../../../src-renderer/features/outbox/edit/begun-edit.ts'
import { CreateForm } from '../../../../src-renderer/features/triage/create/create-form.svelte.ts'
import { PromoteDraft } from '../../../../src-renderer/features/triage/promote-draft.svelte.ts'
import { begunClosing } from '../../../../src-renderer/state/begun-closing.ts'
import { blankDrafts, withTyped } from '../../../../src-renderer/ui/custom-fields/field-draft.ts'
import type { Api } from '../../../../src-renderer/state/api-port.ts'
import type { App } from '../../../../src-renderer/state/app.ts'
import { Drafts } from '../../../../src-renderer/state/drafts.svelte.ts'
import { aCase, aProcedure, anAlert } from '#tests/support/make.ts'

/** Drafts without a disk; what would be on it is in `saved`. */
async function rig() {
  const saved: unknown[] = []
  const call = (name: string, input: { draft?: unknown; text?: string }) => {
    if (name === 'drafts.save') saved.push(draftSchema.parse(structuredClone(input.draft)))
    if (name === 'intake.classify') return Promise.resolve([{ dataType: 'ip', data: input.text, line: 1 }])
    return Promise.resolve(name === 'drafts.list' ? [] : { at: 1 })
  }
  const api = { call, on: () => () => undefined } as unknown as Api
  const drafts = new Drafts(api, { report: () => undefined as never })
  await drafts.enter('p')
  return { drafts, saved, app: { api, drafts, profile: {} } as unknown as App }
}

describe('a new alert that is half written', () => {
  it('is a draft as soon as there is a word in it of its own', async () => {
    const { app } = await rig()
    const form = new CreateForm(app)
    form.enter()
    form.text.type = 'phone'
    form.text.source = 'desk'
    expect(form.words()).toBeUndefined()
    form.text.title = 'A worried caller'
    expect(form.words()).toMatchObject({ text: { type: 'phone', title: 'A worried caller' } })
  })

  it('is there again in another form, with its values read anew, and in no other profile', async () => {
    const { app, drafts, saved } = await rig()
    const before = new CreateForm(app)
    before.enter()
    before.text.description = 'Said he was from IT.'
    before.tags = ['voice']
    before.marks.severity = 3
    await before.candidates.read('192.0.2.7')
    drafts.keep(before.key, before.words())
    await drafts.flush()
    expect(saved).toMatchObject([{ place: 'new-alert', id: 'new', words: { values: '192.0.2.7' } }])

    const after = new CreateForm(app)
    after.enter()
    await Promise.resolve()
    expect(after.words()).toEqual(before.words())
    expect(after.candidates.taken).toEqual([{ dataType: 'ip', data: '192.0.2.7' }])
    await drafts.enter('q')
    after.enter()
    expect(after.words()).toBeUndefined()
    expect(after.text.description).toBe('')
  })

  it('that is discarded leaves type and source, and no draft', async () => {
    const { app, drafts } = await rig()
    const form = new CreateForm(app)
    form.enter()
    Object.assign(form.text, { type: 'phone', source: 'desk', title: 'A worried caller' })
    drafts.keep(form.key, form.words())
    form.discard()
    expect([form.text.type, form.text.title, drafts.of(form.key)]).toEqual(['phone', '', undefined])
    drafts.keep(form.key, form.words())
    expect(drafts.of(form.key)).toBeUndefined()
  })
})

describe('a TTP that is half edited', () => {
  const was = aProcedure({ description: 'Seen once', tactic: 'execution' })
  const about = { alertId: '~1', date: 1_000, procedure: was }

  it('goes on from what it was when the edit began', async () => {
    const { drafts, saved } = await rig()
    const first = begunProcedure(drafts, about)
    first.keep({ ...first.form, description: 'Seen twice' })
    await drafts.flush()
    expect(saved).toHaveLength(1)
    const { description: _theirs, ...bare } = was
    const later = begunProcedure(drafts, { ...about, procedure: { ...bare, tactic: 'persistence' } })
    expect(later.was).toMatchObject({ description: 'Seen once', tactic: 'execution' })
    expect(later.form.description).toBe('Seen twice')
    later.keep({ ...later.form, description: 'Seen once' })
    expect(drafts.of(later.key)).toBeUndefined()
  })

  it('or half added is kept with its technique', async () => {
    const { drafts } = await rig()
    const first = begunProcedure(drafts, { ...about, procedure: undefined })
    first.keep(first.form)
    expect(drafts.of(first.key)).toBeUndefined()
    first.keep({ ...first.form, description: 'By mail' }, 'T1566')
    const later = begunProcedure(drafts, { ...about, procedure: undefined })
    expect(later).toMatchObject({ patternId: 'T1566', form: { description: 'By mail' } })
  })
})

describe('a case that is half written', () => {
  it('or half new is there again, and is no draft while it says nothing', async () => {
    const { drafts, saved } = await rig()
    const first = begunNewCase(drafts)
    first.keep()
    expect(drafts.of(first.key)).toBeUndefined()
    first.form.draft.title = 'Wave'
    first.form.draft.tags = ['mail']
    first.keep()
    await drafts.flush()
    expect(saved).toHaveLength(1)
    expect(begunNewCase(drafts).form.input()).toMatchObject({ title: 'Wave', tags: ['mail'], severity: 2 })
  })

  it('goes on from the case as it was when the edit began', async () => {
    const { drafts, saved } = await rig()
    const customFields = [{ name: 'unit', type: 'string', value: 'Sales', order: 0 }]
    const was = aCase({ title: 'A case', assignee: 'bo', tags: ['x'], customFields })
    const first = begunCase(drafts, was)
    first.form.draft.title = 'Another case'
    first.form.draft.tags = ['x', 'y']
    first.form.draft.fields = first.form.draft.fields.map((one) => ({ ...one, text: 'Plant' }))
    first.keep()
    await drafts.flush()
    expect(saved).toHaveLength(1)
    const { assignee: _theirs, ...bare } = was
    const theirs = { ...bare, title: 'By Ben', severity: 4 as const, tags: ['z'], customFields: [] }
    const later = begunCase(drafts, theirs)
    expect(later.form.change()).toEqual({
      change: {
        ...{ title: 'Another case', addTags: ['y'] },
        customFields: [{ name: 'unit', type: 'string', value: 'Plant', order: 0 }],
      },
      before: { title: 'A case', customFields },
    })
    later.form.draft = { ...later.form.draft, title: 'A case', tags: ['x'] }
    later.form.draft.fields = later.form.draft.fields.map((one) => ({ ...one, text: 'Sales' }))
    later.keep()
    expect(drafts.of(later.key)).toBeUndefined()
  })

  it('keeps a field that cannot be read yet', async () => {
    const { drafts } = await rig()
    const customFields = [{ name: 'hosts', type: 'integer', value: 3, order: 0 }]
    const first = begunCase(drafts, aCase({ customFields }))
    first.form.draft.fields = first.form.draft.fields.map((one) => ({ ...one, text: '3 or' }))
    first.keep()
    expect(begunCase(drafts, aCase({ customFields })).form.draft.fields[0]?.text).toBe('3 or')
  })
})

describe('a promotion that is half chosen', () => {
  const templates = [
    { name: 'mail', displayName: 'Mail', customFields: [{ name: 'unit', type: 'string', value: null }] },
  ] as unknown as CaseTemplate[]
  const customFields = ['a', 'b'].map((value, order) => ({ name: 'host', type: 'string', value, order }))
  const begin = (alert: Alert, words?: WordsOf<'promotion'>) => new PromoteDraft(alert, templates, words)

  it('is a draft once anything is chosen, and no more once that is taken back', () => {
    const draft = begin(anAlert({ customFields }))
    expect(draft.words()).toBeUndefined()
    expect(draft.saysMore).toBe(false)
    draft.severity = 4
    expect(draft.words()).toMatchObject({ severity: 4 })
    draft.severity = undefined
    draft.title = 'Other'
    expect(draft.words()).toMatchObject({ title: 'Other' })
    draft.title = anAlert().title
    expect(draft.words()).toBeUndefined()
  })

  it('comes back whole, and leaves alone what was not touched', async () => {
    const { drafts, saved } = await rig()
    const key = drafts.key('promotion', '~1')
    const first = begin(anAlert({ customFields }))
    first.choose('mail', templates)
    Object.assign(first, { summary: 'Three hosts', tags: ['wave'], flag: true, tasks: 'Call\nIsolate' })
    first.pages = [{ title: 'Notes', category: '', content: 'Half a pa' }]
    first.fields = first.fields.map((one) => (one.text === 'b' ? { ...one, text: 'c' } : one))
    drafts.keep(key, first.words())
    await drafts.flush()
    expect(saved).toHaveLength(1)
    const later = begin(anAlert({ title: 'By Ben', customFields }), drafts.of(key))
    expect(later.title).toBe('By Ben')
    expect(later.template).toBe('mail')
    expect(later.saysMore).toBe(true)
    expect(later.pages).toEqual(first.pages)
    expect(later.fields.map(({ name, text }) => [name, text])).toEqual([
      ['host', 'a'],
      ['host', 'c'],
      ['unit', ''],
    ])
    expect(later.choices(true)).toMatchObject({
      ...{ caseTemplate: 'mail', summary: 'Three hosts', flag: true },
      tasks: [{ title: 'Call' }, { title: 'Isolate' }],
      customFields: [
        { name: 'host', value: 'a' },
        { name: 'host', value: 'c' },
      ],
    })
    expect(later.choices(true)).not.toHaveProperty('title')
  })
})

describe('what is said at a closing', () => {
  it('is there again, and was begun from the summary there was then', async () => {
    const { drafts, saved } = await rig()
    const first = begunClosing(drafts, '~1', 'Old')
    first.keep({ summary: 'Old', fields: [] })
    expect(drafts.of(first.key)).toBeUndefined()
    first.keep({ summary: 'Old and new', impact: 'NoImpact', fields: [] })
    await drafts.flush()
    expect(saved).toHaveLength(1)
    const later = begunClosing(drafts, '~1', 'By Ben')
    expect(later.begun).toMatchObject({ was: 'Old', summary: 'Old and new', impact: 'NoImpact' })
    later.keep({ summary: 'Old', fields: [] })
    expect(drafts.of(later.key)).toBeUndefined()
  })

  it('is a draft by a needed field alone', async () => {
    const { drafts } = await rig()
    const unit = { name: 'unit', type: 'string', mandatory: true } as CustomFieldDefinition
    const first = begunClosing(drafts, '~1')
    first.keep({ summary: '', fields: blankDrafts([unit]) })
    expect(drafts.of(first.key)).toBeUndefined()
    first.keep({
      summary: '',
      fields: withTyped(blankDrafts([unit]), [{ key: 4, name: 'unit', type: 'string', text: 'Plant' }]),
    })
    const { fields } = begunClosing(drafts, '~1').begun
    expect(withTyped(blankDrafts([unit]), fields)).toMatchObject([{ key: 0, name: 'unit', text: 'Plant' }])
  })
})

describe('a waiting decision that is half edited', () => {
  const comment = (message: string) => ({ kind: 'comment.add', message }) as const

  it('goes on from the decision as it was when the edit began', async () => {
    const { drafts, saved } = await rig()
    const first = begunEdit(drafts, 'op-1', comment('Seen'))
    first.keep(first.form)
    expect(drafts.of(first.key)).toBeUndefined()
    first.keep({ ...first.form, message: 'Seen twice', severity: undefined })
    await drafts.flush()
    expect(saved).toHaveLength(1)
    const later = begunEdit(drafts, 'op-1', comment('Changed elsewhere'))
    expect([later.before, later.form.message]).toEqual([comment('Seen'), 'Seen twice'])
    later.keep({ ...later.form, message: 'Seen' })
    expect(drafts.of(later.key)).toBeUndefined()
  })

  it('is not mistaken for one of another kind', async () => {
    const { drafts } = await rig()
    const first = begunEdit(drafts, 'op-1', comment('Seen'))
    first.keep({ ...first.form, message: 'Seen twice' })
    const other = { kind: 'alert.update', change: { title: 'New' } } as const
    expect(begunEdit(drafts, 'op-1', other)).toMatchObject({
      before: other,
      form: { message: '', title: 'New' },
    })
  })
})

it('marks of an observable come back from a draft as they were', () => {
  const one: Observable = {
    ...{ id: '~1', dataType: 'ip', data: '192.0.2.1', tlp: 'amber', pap: 'amber', tags: ['a'] },
    ...{ ioc: false, sighted: true, ignoreSimilarity: false, createdAt: 0, createdBy: 'ana' },
  }
  const marks = sharedMarks([one])
  const draft = { place: 'observable', id: '~1', words: { before: marks, now: { ...marks, message: 'x' } } }
  const stored = draftSchema.parse(JSON.parse(JSON.stringify(draft)))
  expect(stored.place === 'observable' && keptMarks(stored.words.before)).toEqual(marks)
})

it('a part of an alert in which something half typed is kept is marked', async () => {
  const { app, drafts } = await rig()
  const detail = {
    alert: anAlert(),
    ...{ comments: [{ id: '~c' }], observables: [{ id: '~o' }], procedures: [] },
  } as unknown as Parameters<typeof draftedTabs>[1]
  drafts.type(drafts.key('comment', '~c'), 'Changed')
  expect(draftedTabs(app, detail)).toEqual(new Set())
  await drafts.flush()
  drafts.type(drafts.key('link', '~1'), 'https://siem.example')
  drafts.type(drafts.key('note', '~2'), 'On another alert')
  await drafts.flush()
  expect(draftedTabs(app, detail)).toEqual(new Set(['Comments', 'Fields']))
})
