import type { Draft } from '#shared/model/draft.ts'
import { beginEdit } from '../ui/custom-fields/field-draft.ts'

/** Whether it says anything else than what it was begun from. Larger forms know that themselves, and keep nothing before. */
export function isTouched(draft: Draft): boolean {
  if ('text' in draft.words && 'before' in draft.words) return draft.words.text !== draft.words.before
  if (draft.place !== 'fields') return true
  const { before, drafts } = draft.words
  return JSON.stringify(drafts) !== JSON.stringify(beginEdit(before).drafts)
}
