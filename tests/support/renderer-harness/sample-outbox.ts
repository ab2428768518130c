import type { OperationView } from '#shared/model/operation-view.ts'
import type { StrayFile } from '#shared/model/stray-file.ts'

const line = (index: number, now: number, more: Partial<OperationView>): OperationView => ({
  id: `op-${index}`,
  groupId: `group-${index}`,
  kind: 'alert.update',
  sentence: 'Close as FalsePositive',
  alertId: `~${1_000_000 + index}`,
  alertTitle: `Phishing: invoice overdue, reply-to differs #${index}`,
  state: 'ready',
  createdAt: now - index * 240_000,
  attempts: 0,
  notBefore: 0,
  dependsOn: [],
  waitsFor: [],
  editable: true,
  undoable: false,
  ...more,
})

/** One line of every state. */
export function sampleOutbox(now: number): OperationView[] {
  return [
    line(1, now, { state: 'held', undoable: true, sentence: 'Set severity to High' }),
    line(2, now, { state: 'ready', undoable: true }),
    line(3, now, {
      state: 'sending',
      kind: 'alert.promote',
      sentence: 'Promote to a case with template Phishing',
    }),
    line(4, now, {
      state: 'retry-at',
      attempts: 3,
      notBefore: now + 45_000,
      lastError: {
        kind: 'offline',
        message: 'The server did not answer.',
        did: 'Forager keeps the decision and tries again by itself.',
      },
    }),
    line(5, now, {
      state: 'blocked',
      kind: 'alert.merge',
      sentence: 'Merge into the case made from “Encoded PowerShell”',
      dependsOn: ['op-3'],
    }),
    line(6, now, {
      state: 'conflict',
      sentence: 'Set severity to Critical',
      conflicts: [
        { field: 'severity', base: 2, mine: 4, theirs: 3, theirsBy: 'bo.larsen', theirsAt: now - 600_000 },
      ],
    }),
    line(7, now, {
      state: 'rejected',
      sentence: 'Add 2 observables',
      kind: 'observable.add-values',
      lastError: {
        kind: 'forbidden',
        message: 'The server refused: this account may not add observables.',
        did: 'Forager keeps the decision here and sends the others.',
        next: 'Ask for the permission and try again, or drop it.',
      },
    }),
    line(8, now, {
      state: 'cannot-tell',
      kind: 'comment.add',
      sentence: 'Add a note',
      lastError: {
        kind: 'timeout',
        message: 'The connection broke after the note was sent.',
        next: 'Look at the alert on the server, then try again or drop it.',
      },
    }),
    line(9, now, { state: 'sent', receipt: { at: now - 1_800_000, note: 'Status is FalsePositive' } }),
    line(10, now, { state: 'sent', receipt: { at: now - 3_600_000, note: 'Case #114', alreadyThere: true } }),
  ]
}

/** Refused, because what they were about is gone: with and without somebody who is known to have deleted it. */
export function sampleGone(now: number): OperationView[] {
  const refused = (index: number, more: Partial<OperationView>) =>
    line(index, now, {
      ...{ state: 'rejected', attempts: 1, undoable: true },
      lastError: {
        kind: 'not-found',
        message: 'soc-hive.example has no such thing. It said: Alert not found',
      },
      ...more,
    })
  return [
    refused(1, {
      sentence: 'Set severity to High',
      gone: { what: 'alert', by: 'bo.larsen', at: now - 600_000 },
    }),
    refused(2, { sentence: 'Close as FalsePositive', gone: { what: 'alert' } }),
    refused(3, { kind: 'observable.update', sentence: 'Change an observable', gone: { what: 'observable' } }),
    refused(4, {
      ...{ kind: 'alert.merge', sentence: 'Merge into case #77' },
      gone: { what: 'case', by: 'bo.larsen', at: now - 3 * 3_600_000 },
    }),
  ]
}

/** Evidence whose decision was lost, with names that must not mislead. */
export function sampleStrays(now: number): StrayFile[] {
  const names = ['mail-from-ceo.eml', 'invoice\u202efdp.exe', `${'long-name-'.repeat(20)}.bin`]
  return names.map((name, at) => ({
    ...{
      id: `s${at}`,
      name,
      size: 1_024 * 10 ** at,
      sha256: `${at}`.repeat(64),
      keptAt: now - at * 86_400_000,
    },
  }))
}
