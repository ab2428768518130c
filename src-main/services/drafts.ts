import type { CallOutput } from '#shared/contract/contract.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { draftLimit, keptDraftSchema } from '#shared/model/draft.ts'
import type { Draft, DraftAbout, KeptDraft } from '#shared/model/draft.ts'
import type { OutboxStore } from '../store/ports.ts'

/** Under such names the outbox keeps them: they belong to the profile and outlive its cache. */
const prefix = 'draft '

export type DraftContext = {
  profileId: string
  facts: Pick<OutboxStore, 'fact' | 'factNames' | 'saveFact' | 'removeFact'>
  /** What a thing was called when its draft was kept may be a local id, which the server has replaced since. */
  book: { resolveId: (id: string) => string }
  now: () => number
}

type Listed = CallOutput<'drafts.list'>

/** One at most about each thing, by its newest id. One that cannot be read (a newer Forager wrote it) is left out. */
export function listDrafts(profileId: string, context: DraftContext): Listed {
  mustBeOpen(profileId, context)
  const { facts, book } = context
  const kept = facts.factNames(prefix).flatMap((name) => readDraft(facts.fact(name)) ?? [])
  const newestLast = kept.toSorted((one, other) => one.at - other.at)
  const byName = newestLast.map(({ draft, at }): [string, Listed[number]] => {
    const now = { ...draft, id: book.resolveId(draft.id) }
    return [nameOf(now), { draft: now, at, keptUnder: draft.id }]
  })
  return [...new Map(byName).values()]
}

/** Durable when it returns. @throws ForagerError `rejected` when it is too long, or another profile is open */
export function saveDraft(profileId: string, draft: Draft, context: DraftContext): { at: number } {
  mustBeOpen(profileId, context)
  const { facts, now } = context
  const at = now()
  const body = JSON.stringify({ draft, at } satisfies KeptDraft)
  if (body.length > draftLimit)
    throw new ForagerError('rejected', 'This draft is too long to be kept.', {
      did: 'It stays on the screen, and is gone when Forager ends.',
      next: 'Save it, or make it shorter.',
    })
  const before = namesOf(draft, context)
  facts.saveFact(nameOf(draft), body)
  for (const name of before) if (name !== nameOf(draft)) facts.removeFact(name)
  return { at }
}

/** It was sent, or the analyst let go of it. */
export function discardDraft(profileId: string, about: DraftAbout, context: DraftContext): void {
  mustBeOpen(profileId, context)
  for (const name of namesOf(about, context)) context.facts.removeFact(name)
}

const nameOf = ({ place, id }: DraftAbout): string => `${prefix}${place} ${id}`

/** Whatever id of it each was kept by. */
function namesOf({ place, id }: DraftAbout, { facts, book }: DraftContext): string[] {
  const ofPlace = `${prefix}${place} `
  const asked = book.resolveId(id)
  return facts.factNames(ofPlace).filter((name) => book.resolveId(name.slice(ofPlace.length)) === asked)
}

function readDraft(stored: string | undefined): KeptDraft | undefined {
  if (stored === undefined) return undefined
  try {
    return keptDraftSchema.safeParse(JSON.parse(stored)).data
  } catch {
    return undefined
  }
}

function mustBeOpen(asked: string, { profileId }: DraftContext): void {
  if (asked === profileId) return
  throw new ForagerError('rejected', 'Another connection or workspace is open by now.', {
    did: 'Nothing was written.',
  })
}
