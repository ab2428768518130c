import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import type { DraftPlace } from '#shared/model/draft.ts'
import type { App } from '../../state/app.ts'

/** The parts of the alert in which something half typed waits. */
export function draftedTabs(
  { drafts }: Pick<App, 'drafts'>,
  { alert, comments, observables, procedures }: AlertDetail,
): Set<string> {
  const isKept = (place: DraftPlace, id = alert.id) => drafts.kept(drafts.key(place, id)) !== undefined
  const isAny = (place: DraftPlace, all: readonly { id: string }[]) => all.some(({ id }) => isKept(place, id))
  const found = {
    Description: isKept('description'),
    Observables: isAny('observable', observables),
    TTPs: isKept('new-procedure') || isAny('procedure', procedures),
    Fields: isKept('fields') || isKept('link'),
    Comments: isKept('note') || isAny('comment', comments),
  }
  return new Set(Object.entries(found).flatMap(([tab, isDrafted]) => (isDrafted ? tab : [])))
}
