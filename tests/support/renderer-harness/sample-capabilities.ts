import type { Ability, Capabilities, Session } from '#shared/model/session.ts'
import type { HarnessState } from './fake-state.ts'

/** A server that knows and allows everything. */
export const everything: Capabilities = {
  cannot: { markRead: 'TheHive 5 has statuses instead of a read mark' },
  tlps: ['clear', 'green', 'amber', 'amber-strict', 'red'],
  mergeLimit: 50,
}

const lacks = (reason: string, abilities: readonly Ability[]): Capabilities['cannot'] =>
  Object.fromEntries(abilities.map((ability) => [ability, reason]))

const three: Capabilities = {
  tlps: ['clear', 'green', 'amber', 'red'],
  cannot: {
    ...lacks('TheHive 3 has no such thing', [
      'status',
      'assignee',
      'summary',
      'alertPap',
      'externalLink',
      'promoteOverrides',
      'promotePages',
      'importObservables',
      'unlinkAlert',
      'comment',
      'procedure',
      'attachment',
      'downloadAttachment',
      'changeObservable',
      'zippedObservables',
      'views',
    ]),
    fileObservables: 'TheHive 3 takes files with a new alert only.',
    similarAlerts: 'TheHive 3 compares alerts with cases only.',
  },
}

const early: Capabilities = {
  tlps: ['clear', 'green', 'amber', 'red'],
  cannot: {
    ...everything.cannot,
    ...lacks('TheHive 5.2 brought assignees of alerts', ['assignee']),
    ...lacks('TheHive 5.2 brought pages of a case that is made from an alert', ['promotePages']),
    ...lacks('TheHive 5.2.11 brought attachments of alerts', ['attachment']),
  },
}

/** What the made-up server of each state allows. */
export function capabilitiesOf(kind: HarnessState): Capabilities {
  if (kind === 'th3') return three
  if (kind === 'early5') return early
  if (kind === 'readonly')
    return { ...everything, readOnlyReason: 'The server’s licence has expired: it takes no changes.' }
  if (kind === 'refused')
    return {
      ...everything,
      cannot: {
        ...everything.cannot,
        importAlert: 'Your account may not promote or merge alerts on this server',
        comment: 'Your account may not write comments on this server',
        deleteAlert: 'Your account may not delete alerts on this server',
      },
    }
  if (kind === 'local')
    return {
      ...everything,
      cannot: {
        ...everything.cannot,
        ...lacks('A local workspace has no server', [
          'promotePages',
          'similarCases',
          'similarAlerts',
          'views',
        ]),
      },
    }
  return everything
}

export function serverOf(kind: HarnessState): Pick<Session, 'flavour' | 'version'> {
  if (kind === 'local') return { flavour: 'local', version: '1' }
  if (kind === 'th3') return { flavour: 'thehive3', version: '3.5.2' }
  return { flavour: 'thehive5', version: kind === 'early5' ? '5.1.9' : '5.7.3' }
}
