import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import type { DraftPlace } from '#shared/model/draft.ts'
import type { App } from '../../state/app.ts'

/** The parts of the alert in which something half typed waits. */
export function draftedTabs({ drafts }: Pick<App, 'drafts'>, { alert, comments }: AlertDetail): Set<string> {
  const isKept = (place: DraftPlace, id = alert.id) => drafts.kept(drafts.key(place, id)) !== undefined
  const found = {
    Description: isKept('description'),
    Fields: isKept('fields') || isKept('link'),
    Comments: isKept('note') || comments.some(({ id }) => isKept('comment', id)),
  }
  return new Set(Object.entries(found).flatMap(([tab, isDrafted]) => (isDrafted ? tab : [])))
}
