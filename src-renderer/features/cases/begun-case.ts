import type { Case } from '#shared/model/case.ts'
import type { Drafts } from '../../state/drafts.svelte.ts'
import { CaseForm } from './case-form.svelte.ts'

/** What the form of a new case begins with: where it was left, if it was. */
export function begunNewCase(drafts: Drafts) {
  const key = drafts.key('new-case', 'new')
  const form = new CaseForm(undefined, drafts.of(key))
  return { key, form, keep: () => drafts.keep(key, form.words) }
}

/** The same of a case that is changed, which then goes on from what it was when the edit began. */
export function begunCase(drafts: Drafts, known: Case) {
  const key = drafts.key('case', known.id)
  const words = drafts.of(key)
  const was: Case = words ? { ...known, assignee: undefined, ...words.before } : known
  const { title, description, severity, tlp, pap, tags, assignee, flag, customFields } = was
  const before = { title, description, severity, tlp, pap, tags, assignee, flag, customFields }
  const form = new CaseForm(was, words?.now)
  const keep = () => {
    const now = form.words
    drafts.keep(key, now && { before, now })
  }
  return { key, form, keep }
}
