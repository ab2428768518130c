import { observableKey } from '../../state/space.ts'
import type { Alert, Case, Observable } from '../../state/types.ts'
import type { Context } from '../context.ts'

export type SimilarCase = {
  target: Case
  iocCount: number
  artifactCount: number
  similarIocCount: number
  /** TheHive 3: without the IOCs; TheHive 4: with them. */
  similarArtifactCount: number
}

/** The same thing in a case, as far as it counts. */
function sightings(context: Context, observable: Observable): Observable[] {
  if (observable.ignoreSimilarity) return []
  return [...context.space.sightingsOf(observable)].filter(
    ({ parent, ignoreSimilarity }) =>
      parent.kind === 'case' && parent.status !== 'Deleted' && !ignoreSimilarity,
  )
}

/** Cases that show what the alert shows; most shared first. */
export function similarCases(context: Context, alert: Alert): SimilarCase[] {
  const shared = new Map<Case, Observable[]>()
  const own = new Map(alert.observables.map((observable) => [observableKey(observable), observable]))
  for (const observable of own.values()) {
    for (const seen of sightings(context, observable)) {
      const target = seen.parent as Case
      shared.set(target, [...(shared.get(target) ?? []), seen])
    }
  }
  const isDisjoint = context.server.flavour === 'thehive3'
  return [...shared]
    .map(([target, seen]) => {
      const there = target.observables.filter(({ isDeleted }) => !isDeleted)
      const similarIocCount = seen.filter(({ ioc }) => ioc).length
      return {
        target,
        iocCount: there.filter(({ ioc }) => ioc).length,
        artifactCount: there.length,
        similarIocCount,
        similarArtifactCount: seen.length - (isDisjoint ? similarIocCount : 0),
      }
    })
    .sort((a, b) => b.similarIocCount + b.similarArtifactCount - a.similarIocCount - a.similarArtifactCount)
}

/** Whether a case shows it. */
export const isSeen = (context: Context, observable: Observable): boolean =>
  sightings(context, observable).length > 0
