import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Ability } from '#shared/model/session.ts'
import { atLeast } from '../server-version.ts'

type Reasons = Partial<Record<Ability, string>>

/** What no TheHive 5 has. */
const never: Reasons = {
  markRead: 'TheHive 5 has no read mark: its statuses say what was looked at.',
  audit: 'TheHive 5 lists nothing of what was deleted.',
}

/** What came with a version (api.md §9.2), and what it is called in a sentence. */
const cameWith: readonly (readonly [Ability, string, string])[] = [
  ['createWithObservables', '5.0.1', 'Observables travel with a new alert'],
  ['promoteOverrides', '5.0.18', 'A case made from an alert takes other values than the alert has'],
  ['assignee', '5.2.0', 'Alerts have assignees'],
  ['promotePages', '5.2.0', 'A case made from an alert begins with pages'],
  ['attachment', '5.2.11', 'Alerts have attachments'],
  ['downloadAttachment', '5.2.11', 'Alerts have attachments'],
  ['importObservables', '5.4.6', 'Observables are imported into a case without the alert’s text'],
  ['views', '5.6.0', 'Views are kept on the server'],
]

/** What a server of this version lacks, whoever asks, in words. */
export function lackedBy(version: string): Reasons {
  const reasons: Reasons = { ...never }
  for (const [ability, since, what] of cameWith) {
    if (!atLeast(version, since))
      reasons[ability] = `${what} only since TheHive ${since}; this is ${version}.`
  }
  return reasons
}

/** @throws ForagerError `rejected`, before any request, for what a server of this version lacks */
export function requireAbility(version: string, ability: Ability): void {
  const reason = lackedBy(version)[ability]
  if (reason !== undefined) throw new ForagerError('rejected', reason, { details: { sent: false } })
}
