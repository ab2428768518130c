import type { Draft } from '#shared/model/draft.ts'
import { beginEdit } from '../ui/custom-fields/field-draft.ts'

/** Whether it says anything else than what it was begun from. */
export function isTouched(draft: Draft): boolean {
  if (draft.place !== 'fields') return draft.words.text !== draft.words.before
  const { before, drafts } = draft.words
  return JSON.stringify(drafts) !== JSON.stringify(beginEdit(before).drafts)
}
