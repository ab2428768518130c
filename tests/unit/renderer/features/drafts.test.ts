import { describe, expect, it } from 'vitest'
import type { Observable } from '#shared/model/observable.ts'
import { draftSchema } from '#shared/model/draft.ts'
import { begunProcedure } from '../../../../src-renderer/features/alert/procedures/begun-procedure.ts'
import { draftedTabs } from '../../../../src-renderer/features/alert/drafted-tabs.ts'
import { keptMarks, sharedMarks } from '../../../../src-renderer/features/alert/observables/marks-change.ts'
import { begunEdit } from '../../../../src-renderer/features/outbox/edit/begun-edit.ts'
import { CreateForm } from '../../../../src-renderer/features/triage/create/create-form.svelte.ts'
import type { Api } from '../../../../src-renderer/state/api-port.ts'
import type { App } from '../../../../src-renderer/state/app.ts'
import { Drafts } from '../../../../src-renderer/state/drafts.svelte.ts'
import { aProcedure, anAlert } from '#tests/support/make.ts'

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
