import type { Alert, CustomFieldValue } from '../model/alert.ts'
import type { Observable } from '../model/observable.ts'
import { papValues, tlpValues } from '../model/scales.ts'
import { foldText } from '../util/fold-text.ts'
import type { FlagField, OrderedField, TextField } from './fields.ts'

/** What is known of one alert. A field that is not here is unknown; an empty list says it has no value. */
export type Subject = {
  texts: Partial<Record<TextField | 'stage', readonly string[]>>
  numbers: Partial<Record<OrderedField, readonly number[]>>
  flags: Partial<Record<FlagField, boolean>>
  custom?: readonly CustomFieldValue[]
  /** Everything a word is looked for in, folded, one item a field. */
  words?: readonly string[]
}

/** How TheHive 5, which has no read mark, says the same: an alert that left the New stage was read. */
export const isRead = ({ read, stage }: Pick<Alert, 'read' | 'stage'>): boolean => read ?? stage !== 'New'

/** An observable's value, however it is written: data, file name and SHA-256, folded. */
export function observableWords({ data, attachment }: Observable): string[] {
  const parts = [data, attachment?.name, attachment?.sha256]
  return parts.flatMap((part) => (part === undefined || part === '' ? [] : foldText(part)))
}

const one = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value])

/** Everything about an alert that the server shows. `caseNumber` is the number of its case, where that is known. */
export function subjectOf(
  alert: Alert,
  observables: readonly Observable[] = [],
  caseNumber?: number,
): Subject {
  const values = observables.flatMap(observableWords)
  const { title, description, sourceRef, tags } = alert
  return {
    texts: {
      ...{ status: [alert.status], stage: [alert.stage], type: [alert.type], source: [alert.source] },
      ...{ sourceRef: [sourceRef], title: [title], description: [description], tags },
      ...{ summary: one(alert.summary), externalLink: one(alert.externalLink) },
      ...{ caseTemplate: one(alert.caseTemplate), assignee: one(alert.assignee), caseId: one(alert.caseId) },
      createdBy: [alert.createdBy],
      observable: values,
      observableType: observables.map(({ dataType }) => dataType),
    },
    numbers: {
      ...{
        severity: [alert.severity],
        tlp: [tlpValues.indexOf(alert.tlp)],
        pap: [papValues.indexOf(alert.pap)],
      },
      ...{
        date: [alert.date],
        createdAt: [alert.createdAt],
        updatedAt: [alert.updatedAt ?? alert.createdAt],
      },
      observableCount: [alert.observableCount],
      caseNumber: one(caseNumber),
    },
    flags: { read: isRead(alert), follow: alert.follow, gone: false },
    custom: alert.customFields,
    words: [...[title, description, sourceRef, ...tags].map(foldText), ...values],
  }
}
