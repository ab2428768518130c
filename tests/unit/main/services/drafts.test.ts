import { describe, expect, it } from 'vitest'
import { draftLimit } from '#shared/model/draft.ts'
import type { Draft } from '#shared/model/draft.ts'
import { discardDraft, listDrafts, saveDraft } from '#main/services/drafts.ts'
import { memoryOutbox } from '#tests/support/sync/memory-outbox.ts'

const note = (id: string, text: string): Draft => ({ place: 'note', id, words: { before: '', text } })

function rig() {
  const facts = memoryOutbox()
  const ids = new Map<string, string>()
  let time = 0
  const context = {
    ...{ profileId: 'p', facts },
    book: { resolveId: (id: string) => ids.get(id) ?? id },
    now: () => (time += 1),
  }
  return {
    ...{ facts, ids },
    save: (draft: Draft, profileId = 'p') => saveDraft(profileId, draft, context),
    list: (profileId = 'p') => listDrafts(profileId, context),
    discard: (about: Pick<Draft, 'place' | 'id'>, profileId = 'p') => discardDraft(profileId, about, context),
    texts: () => listDrafts('p', context).map(({ draft }) => draft),
  }
}

describe('drafts', () => {
  it('are one a thing: the newest words stand, until they are discarded', () => {
    const { save, texts, discard } = rig()
    save(note('~1', 'Call'))
    save(note('~2', 'Other'))
    save(note('~1', 'Call back'))
    expect(texts()).toEqual([note('~2', 'Other'), note('~1', 'Call back')])
    discard({ place: 'note', id: '~1' })
    discard({ place: 'title', id: '~2' })
    expect(texts()).toEqual([note('~2', 'Other')])
  })

  it('keep what an edit began from', () => {
    const { save, texts } = rig()
    const was = { name: 'unit', type: 'string', value: 'Plant', order: 0 }
    const edit: Draft = {
      ...{ place: 'fields', id: '~1' },
      words: { before: [was], drafts: [{ key: 0, name: 'unit', type: 'string', text: 'Lab', was }] },
    }
    save(edit)
    expect(texts()).toEqual([edit])
  })

  it('follow what was made here to the id that the server gives it', () => {
    const { save, list, ids, facts, discard } = rig()
    save(note('local:1', 'Half'))
    ids.set('local:1', '~5')
    expect(list()).toEqual([{ draft: note('~5', 'Half'), at: 1, keptUnder: 'local:1' }])
    save(note('~5', 'Half a thought'))
    expect(list()).toEqual([{ draft: note('~5', 'Half a thought'), at: 2, keptUnder: '~5' }])
    expect(facts.factNames('')).toEqual(['draft note ~5'])
    save(note('local:1', 'By its old id'))
    expect(list()).toHaveLength(1)
    discard({ place: 'note', id: '~5' })
    expect(facts.factNames('')).toEqual([])
  })

  it('that cannot be read are left out, and take no other along', () => {
    const { save, texts, facts } = rig()
    facts.saveFact('draft note ~7', '{ half a file')
    facts.saveFact('draft poem ~8', JSON.stringify({ draft: { place: 'poem', id: '~8' }, at: 1 }))
    facts.saveFact('draft title ~9', JSON.stringify({ draft: note('~9', 'x'), at: 'noon' }))
    save(note('~1', 'Read'))
    expect(texts()).toEqual([note('~1', 'Read')])
  })

  it('of any length are taken up to a limit, which is told', () => {
    const { save, texts } = rig()
    save(note('~1', 'short'))
    expect(() => save(note('~1', 'x'.repeat(draftLimit)))).toThrow(
      expect.objectContaining({ kind: 'rejected', message: 'This draft is too long to be kept.' }),
    )
    expect(texts()).toEqual([note('~1', 'short')])
  })

  it('stay in the profile they were typed in', () => {
    const { save, list, discard, texts } = rig()
    save(note('~1', 'Mine'))
    const rejected = expect.objectContaining({ kind: 'rejected' })
    expect(() => save(note('~1', 'Of another'), 'q')).toThrow(rejected)
    expect(() => list('q')).toThrow(rejected)
    expect(() => discard({ place: 'note', id: '~1' }, 'q')).toThrow(rejected)
    expect(texts()).toEqual([note('~1', 'Mine')])
  })
})
