import type { SimilarCase } from '../semantics/legacy/similar-cases.ts'
import type { Json } from './parameters.ts'

/** A case that resembles an alert; what it has not is null. */
export function showSimilar({ target, ...counts }: SimilarCase): Json {
  const { id, number, title, severity, startDate, endDate, resolutionStatus, tags, tlp, status } = target
  return {
    ...{ _id: id, id, caseId: number, title, severity, startDate, endDate: endDate ?? null },
    ...{ resolutionStatus: resolutionStatus ?? null, tags, tlp, status },
    ...counts,
  }
}
