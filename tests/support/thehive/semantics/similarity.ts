import { observableKey } from '../state/space.ts'
import type { Alert, Case, Observable, Parent } from '../state/types.ts'
import type { Context } from './context.ts'

export type Similar<P extends Parent> = {
  other: P
  similarObservableCount: number
  similarIocCount: number
  observableCount: number
  iocCount: number
  observableTypes: Record<string, number>
}

/** Alerts or cases that show at least one observable of `parent`; most shared first. Ignored observables do not count. */
export function similarTo<K extends Parent['kind']>(
  context: Context,
  parent: Parent,
  kind: K,
): Similar<Extract<Alert | Case, { kind: K }>>[] {
  type Other = Extract<Alert | Case, { kind: K }>
  const shared = new Map<Other, Similar<Other>>()
  for (const own of parent.observables.filter((observable) => !observable.ignoreSimilarity)) {
    for (const seen of context.space.sightingsOf(own)) {
      if (seen.parent.kind !== kind || seen.parent === parent || seen.ignoreSimilarity) continue
      const other = seen.parent as Other
      const similar = shared.get(other) ?? start(other)
      shared.set(other, similar)
      similar.similarObservableCount++
      if (seen.ioc) similar.similarIocCount++
      similar.observableTypes[seen.dataType] = (similar.observableTypes[seen.dataType] ?? 0) + 1
    }
  }
  return [...shared.values()].sort((a, b) => b.similarObservableCount - a.similarObservableCount)
}

function start<P extends Parent>(other: P): Similar<P> {
  return {
    other,
    similarObservableCount: 0,
    similarIocCount: 0,
    observableCount: other.observables.length,
    iocCount: other.observables.filter((observable) => observable.ioc).length,
    observableTypes: {},
  }
}

/** The observables of `parent` that `other` shows too; ignored ones do not count. */
export function sharedObservables(parent: Parent, other: Parent): Observable[] {
  const counts = ({ ignoreSimilarity }: Observable) => !ignoreSimilarity
  const shown = new Set(other.observables.filter(counts).map(observableKey))
  return parent.observables.filter((own) => counts(own) && shown.has(observableKey(own)))
}
