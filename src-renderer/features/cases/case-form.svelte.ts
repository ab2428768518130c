import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { Case, CaseChange, CaseInput } from '#shared/model/case.ts'
import { seenOf } from '#shared/model/seen-values.ts'
import type { SeenValues } from '#shared/model/seen-values.ts'
import type { CaseFormWords } from '#shared/model/draft.ts'
import { changedValues, draftsOf, valuesOf } from '../../ui/custom-fields/field-draft.ts'

const empty: CaseFormWords = {
  ...{ title: '', description: '', severity: 2, tlp: 'amber', pap: 'amber' },
  ...{ tags: [], assignee: '', flag: false, template: '', fields: [] },
}

/** A case being written or changed. */
export class CaseForm {
  draft: CaseFormWords
  readonly #was: Case | undefined
  readonly #untouched: CaseFormWords

  /** `begun`: where it was left. */
  constructor(was?: Case, begun?: CaseFormWords) {
    this.#was = was
    this.#untouched = was ? wordsOf(was) : empty
    this.draft = $state({ ...(begun ?? this.#untouched) })
  }

  /** What it holds, once that is anything else than what it was begun from. */
  get words(): CaseFormWords | undefined {
    const now = $state.snapshot(this.draft) as CaseFormWords
    const isTouched = Object.entries(this.#untouched).some(
      ([name, was]) => JSON.stringify(now[name as keyof CaseFormWords]) !== JSON.stringify(was),
    )
    return isTouched ? now : undefined
  }

  /** The custom fields as they stand here; undefined while one of them cannot be read. */
  get fields(): CustomFieldValue[] | undefined {
    return valuesOf(this.draft.fields)
  }

  input(): CaseInput {
    const { title, description, severity, tlp, pap, tags, assignee, template } = this.draft
    return {
      ...{ title, description, severity, tlp, pap, tags: [...tags] },
      ...(assignee !== '' && { assignee }),
      ...(template !== '' && { caseTemplate: template }),
    }
  }

  /** Only what differs, and what it was before; undefined when nothing does. Tags as added and removed, because those commute. */
  change(): { change: CaseChange; before: SeenValues } | undefined {
    const was = this.#was
    const now = this.draft
    if (!was) return undefined
    const addTags = now.tags.filter((tag) => !was.tags.includes(tag))
    const removeTags = was.tags.filter((tag) => !now.tags.includes(tag))
    const title = now.title.trim()
    const customFields = changedValues(was.customFields, now.fields)
    const change: CaseChange = {
      ...(title !== was.title && { title }),
      ...(now.description !== was.description && { description: now.description }),
      ...(now.severity !== was.severity && { severity: now.severity }),
      ...(now.tlp !== was.tlp && { tlp: now.tlp }),
      ...(now.pap !== was.pap && { pap: now.pap }),
      ...(now.flag !== was.flag && { flag: now.flag }),
      ...(now.assignee !== (was.assignee ?? '') && { assignee: now.assignee === '' ? null : now.assignee }),
      ...(customFields && { customFields }),
      ...(addTags.length > 0 && { addTags }),
      ...(removeTags.length > 0 && { removeTags }),
    }
    return Object.keys(change).length === 0 ? undefined : { change, before: seenOf(was, change) }
  }
}

function wordsOf(was: Case): CaseFormWords {
  const { title, description, severity, tlp, pap, tags, flag } = was
  return {
    ...{ title, description, severity, tlp, pap, tags, flag, template: '' },
    ...{ assignee: was.assignee ?? '', fields: draftsOf(was.customFields) },
  }
}
