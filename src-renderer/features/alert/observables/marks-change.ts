import type { Observable, ObservableChange } from '#shared/model/observable.ts'
import type { Pap, Tlp } from '#shared/model/scales.ts'
import type { WordsOf } from '#shared/model/draft.ts'

/** What is edited of one or several observables. Undefined: they differ, or it is to be left as it is. */
export type MarksDraft = {
  tlp: Tlp | undefined
  pap: Pap | undefined
  ioc: boolean | undefined
  sighted: boolean | undefined
  ignoreSimilarity: boolean | undefined
  message: string | undefined
  /** Tags that all of them have. */
  tags: readonly string[]
}

const nothing = {
  ...{ tlp: undefined, pap: undefined, message: undefined },
  ...{ ioc: undefined, sighted: undefined, ignoreSimilarity: undefined },
}

/** As they were kept in a draft. */
export const keptMarks = (words: WordsOf<'observable'>['now']): MarksDraft => ({ ...nothing, ...words })

/** What these observables agree on. */
export function sharedMarks(observables: readonly Observable[]): MarksDraft {
  const same = <T>(of: (one: Observable) => T): T | undefined => {
    const [first, ...rest] = observables.map(of)
    return rest.every((one) => one === first) ? first : undefined
  }
  const [first, ...rest] = observables
  return {
    tlp: same((one) => one.tlp),
    pap: same((one) => one.pap),
    ioc: same((one) => one.ioc),
    sighted: same((one) => one.sighted),
    ignoreSimilarity: same((one) => one.ignoreSimilarity),
    message: same((one) => one.message ?? ''),
    tags: (first?.tags ?? []).filter((tag) => rest.every((one) => one.tags.includes(tag))),
  }
}

/** Only what differs from before; undefined when nothing does. Tags as added and removed, because those commute. */
export function marksChange(before: MarksDraft, now: MarksDraft): ObservableChange | undefined {
  const added = now.tags.filter((tag) => !before.tags.includes(tag))
  const removed = before.tags.filter((tag) => !now.tags.includes(tag))
  const change: ObservableChange = {
    ...(now.tlp !== before.tlp && now.tlp !== undefined && { tlp: now.tlp }),
    ...(now.pap !== before.pap && now.pap !== undefined && { pap: now.pap }),
    ...(now.ioc !== before.ioc && now.ioc !== undefined && { ioc: now.ioc }),
    ...(now.sighted !== before.sighted && now.sighted !== undefined && { sighted: now.sighted }),
    ...(now.ignoreSimilarity !== before.ignoreSimilarity &&
      now.ignoreSimilarity !== undefined && { ignoreSimilarity: now.ignoreSimilarity }),
    ...(now.message !== before.message && now.message !== undefined && { message: now.message }),
    ...(added.length > 0 && { addTags: added }),
    ...(removed.length > 0 && { removeTags: removed }),
  }
  return Object.keys(change).length === 0 ? undefined : change
}
