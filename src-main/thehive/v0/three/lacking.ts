import type { AlertChange, AlertInput } from '#shared/model/alert.ts'
import type { ObservableMarks } from '#shared/model/observable.ts'
import { atLeast, isBefore } from '../../server-version.ts'
import { lacks } from '../older-api.ts'

/** What TheHive 3 does not have, in words: said by the capabilities before, and by the adapter when asked all the same. */
export const reasons = {
  assignee: 'Alerts of TheHive 3 have no assignee.',
  summary: 'Alerts of TheHive 3 have no summary.',
  alertPap: 'Alerts of TheHive 3 carry no PAP.',
  externalLink: 'Alerts of TheHive 3 carry no link.',
  status: 'TheHive 3 marks alerts read or unread instead of giving them a status.',
  alertCustomFields: 'Alerts have custom fields from TheHive 3.1 on.',
  editArtifacts: 'Observables can be added to an alert and changed there from TheHive 3.0.10 on.',
  sighted: 'Observables of alerts can be marked sighted from TheHive 3.4 on.',
  observablePap: 'Observables of TheHive 3 carry no PAP.',
  observableType: 'TheHive 3 keeps the type an observable was added with.',
  ignoreSimilarity: 'TheHive 3 compares every observable.',
  deleteAlert: 'TheHive 3 really deletes alerts from 3.4 on; before, it only marks them ignored.',
  fileObservables: 'TheHive 3 takes files with a new alert only.',
  zippedObservables: 'TheHive 3 unpacks no archives into an alert.',
  comment: 'TheHive 3 has no comments on alerts.',
  procedure: 'TheHive 3 keeps no techniques and procedures.',
  attachment: 'TheHive 3 attaches no files to alerts beside their observables.',
  downloadAttachment: 'TheHive 3 attaches no files to alerts beside their observables.',
  importObservables: 'TheHive 3 merges whole alerts only.',
  unlinkAlert: 'TheHive 3 cannot take an alert out of a case.',
  similarAlerts: 'TheHive 3 compares alerts with cases only.',
  promoteOverrides: 'TheHive 3 makes a case from an alert as it is; only the template can be chosen.',
  promotePages: 'Cases of TheHive 3 have no pages.',
  views: 'TheHive 3 keeps no shared views.',
} as const

/** @throws ForagerError `rejected`: a wish that would be lost without a word. The default PAP is no wish. */
export function checkInput(input: AlertInput, version: string): void {
  if (input.pap !== 'amber') throw lacks(reasons.alertPap)
  if ((input.externalLink ?? '') !== '') throw lacks(reasons.externalLink)
  if (input.customFields.length > 0) checkCustomFields(version)
}

export function checkChange(change: AlertChange, version: string): void {
  for (const field of ['assignee', 'summary', 'externalLink'] as const)
    if (change[field] !== undefined) throw lacks(reasons[field])
  if (change.pap !== undefined) throw lacks(reasons.alertPap)
  if (change.customFields !== undefined) checkCustomFields(version)
}

function checkCustomFields(version: string): void {
  if (!atLeast(version, '3.1.0')) throw lacks(reasons.alertCustomFields)
}

/** Earlier ones say that every field of an alert's observables is read-only. */
export const editsArtifacts = (version: string): boolean => !isBefore(version, '3.0.10')

export const knowsSighted = (version: string): boolean => atLeast(version, '3.4.0')

export function checkMarks({ sighted }: Pick<ObservableMarks, 'sighted'>, version: string): void {
  if (sighted && !knowsSighted(version)) throw lacks(reasons.sighted)
}

/** A method TheHive 3 has nothing for. */
export const absent = (what: keyof typeof reasons) => (): Promise<never> =>
  Promise.reject<never>(lacks(reasons[what]))
