import { draftSchema } from '#shared/model/draft.ts'
import type { FakeCalls } from './fake-calls.ts'
import type { FakeState } from './fake-state.ts'

/** What is typed and not saved yet, in memory. */
export function draftCalls({ drafts }: FakeState): FakeCalls {
  return {
    'drafts.list': () => [...drafts.values()].map((one) => ({ ...one, keptUnder: one.draft.id })),
    'drafts.save': ({ draft }) => {
      const at = Date.now()
      drafts.set(`${draft.place} ${draft.id}`, { draft: draftSchema.parse(draft), at })
      return { at }
    },
    'drafts.discard': ({ about: { place, id } }) => {
      drafts.delete(`${place} ${id}`)
      return null
    },
  }
}
