import type { OperationEdit } from '#shared/model/operation-edit.ts'
import type { Drafts } from '../../../state/drafts.svelte.ts'
import { editDraft } from './edit-draft.ts'
import type { EditDraft } from './edit-draft.ts'

/** What the form begins with: where it was left, with the decision as it was then, and else the decision as it stands. */
export function begunEdit(drafts: Drafts, id: string, edit: OperationEdit) {
  const key = drafts.key('operation', id)
  const words = drafts.of(key)
  const kept = words?.before.kind === edit.kind ? words : undefined
  const before = kept?.before ?? edit
  const blank = editDraft(before)
  return {
    ...{ key, before, form: { ...blank, ...definedIn(kept?.now ?? {}) } as EditDraft },
    keep: (now: EditDraft) =>
      drafts.keep(key, JSON.stringify(now) === JSON.stringify(blank) ? undefined : { before, now }),
  }
}

const definedIn = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
