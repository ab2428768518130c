import type { UndoWindow } from '#shared/model/settings.ts'

/** How long a decision rests, for a sentence that begins "Decisions…". */
export function undoWindowWords(window: UndoWindow, local: boolean): string {
  const goes = local ? 'take hold' : 'are sent'
  if (window === 'until-sent') return `${goes} when you say so`
  return window === 0 ? `${goes} at once` : `rest ${window} s before they ${goes}`
}
