import type { WordsOf } from '#shared/model/draft.ts'
import type { Drafts } from './drafts.svelte.ts'

type Said = Omit<WordsOf<'closing'>, 'was'>

/** What is said as an alert or a case is closed: where it was left, if it was. `summary` is the one it has. */
export function begunClosing(drafts: Drafts, id: string, summary?: string) {
  const key = drafts.key('closing', id)
  const begun: WordsOf<'closing'> = drafts.of(key) ?? { was: summary, summary: summary ?? '', fields: [] }
  return {
    ...{ key, begun },
    keep: (now: Said) => {
      const isFilled = now.fields.some(({ text }) => text.trim() !== '')
      const isSaid = now.summary !== (begun.was ?? '') || now.impact !== undefined || isFilled
      drafts.keep(key, isSaid ? { was: begun.was, ...now } : undefined)
    },
  }
}
