import type { AlertChange } from '#shared/model/alert.ts'
import type { ObservableChange } from '#shared/model/observable.ts'
import { lacks } from '../older-api.ts'

/** What TheHive 4 does not have, in words: said by the capabilities before, and by the adapter when asked all the same. */
export const reasons = {
  assignee: 'Alerts of TheHive 4 have no assignee.',
  summary: 'TheHive 4 takes a summary of an alert but never shows it again.',
  externalLink: 'TheHive 4 keeps the link an alert was created with; it cannot be changed.',
  status: 'TheHive 4 marks alerts read or unread instead of giving them a status.',
  observablePap: 'Observables of TheHive 4 carry no PAP.',
  comment: 'TheHive 4 has no comments on alerts.',
  procedure: 'TheHive 4 keeps techniques and procedures with cases, not with alerts.',
  attachment: 'TheHive 4 attaches no files to alerts beside their observables.',
  downloadAttachment: 'TheHive 4 attaches no files to alerts beside their observables.',
  importObservables: 'TheHive 4 merges whole alerts only.',
  unlinkAlert: 'TheHive 4 cannot take an alert out of a case.',
  similarAlerts: 'TheHive 4 compares alerts with cases only.',
  promoteOverrides: 'TheHive 4 makes a case from an alert as it is; only the template can be chosen.',
  promotePages: 'Cases of TheHive 4 have no pages.',
  views: 'TheHive 4 keeps no shared views.',
} as const

/** @throws ForagerError `rejected`: TheHive 4 would overlook these without a word */
export function checkChange(change: AlertChange): void {
  for (const field of ['assignee', 'externalLink'] as const)
    if (change[field] !== undefined) throw lacks(reasons[field])
}

export function checkObservableChange({ pap }: ObservableChange): void {
  if (pap !== undefined) throw lacks(reasons.observablePap)
}

/** A method TheHive 4 has nothing for. */
export const absent = (what: keyof typeof reasons) => (): Promise<never> =>
  Promise.reject<never>(lacks(reasons[what]))
