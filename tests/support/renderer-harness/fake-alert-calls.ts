import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import type { Observable, ObservableChange } from '#shared/model/observable.ts'
import type { Procedure } from '#shared/model/procedure.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { teller } from './fake-calls.ts'
import type { Emit, FakeCalls } from './fake-calls.ts'
import type { FakeState, Patch } from './fake-state.ts'
import { sampleTechniques } from './sample-techniques.ts'

const nothing = () => ({})
let made = 0
const newId = () => `local:${(made += 1)}`

/** Whole alerts, and what hangs on them: each decision is a patch over the made-up detail. */
export function alertCalls(state: FakeState, emit: Emit): FakeCalls {
  const told = teller(state, emit)
  const local = state.kind === 'local'
  const fresh = () => ({ id: newId(), createdAt: Date.now(), createdBy: 'ana', pending: !local })
  const onChild = (id: string, kind: Parameters<FakeState['decide']>[1], sentence: string, patch: Patch) =>
    told([id], { groupId: state.decide([id], kind, sentence, nothing, patch) })
  const onAlert = (patch: (alert: AlertDetail['alert']) => AlertDetail['alert']): Patch => {
    return (detail) => ({ ...detail, alert: patch(detail.alert) })
  }
  return {
    'triage.read': ({ ids, read }) =>
      told(ids, {
        groupId: state.decide(
          ids,
          'alert.read',
          read ? 'Mark as read' : 'Mark as unread',
          () => (read ? { status: 'Ignored', stage: 'Closed' } : { status: 'New', stage: 'New' }),
          onAlert((alert) => ({ ...alert, read })),
        ),
      }),
    'triage.follow': ({ ids, follow }) =>
      told(ids, {
        groupId: state.decide(
          ids,
          'alert.follow',
          follow ? 'Follow' : 'Stop following',
          nothing,
          onAlert((alert) => ({ ...alert, follow })),
        ),
      }),
    'triage.delete': ({ ids }) => {
      const groupId = state.decide(ids, 'alert.delete', 'Delete the alert', () => ({ going: true }))
      return told(ids, { groupId })
    },
    'triage.import': ({ ids, caseId }) =>
      told(ids, {
        groupId: state.decide(ids, 'alert.import', 'Take observables into a case', () => ({
          ...{ stage: 'Imported', status: 'Imported', caseId },
        })),
      }),
    'triage.unlink': ({ id }) =>
      told([id], {
        groupId: state.decide([id], 'alert.unlink', 'Unlink from its case', () => ({
          ...{ stage: 'New', status: 'New', caseId: undefined, caseNumber: undefined },
        })),
      }),
    'triage.comment': ({ id, message }) =>
      onChild(id, 'comment.add', 'Add a note', (detail) => ({
        ...detail,
        comments: [...detail.comments, { ...fresh(), message, edited: false }],
      })),
    'triage.editComment': ({ id, commentId, message }) =>
      onChild(id, 'comment.edit', 'Change a note', (detail) => ({
        ...detail,
        comments: detail.comments.map((one) =>
          one.id === commentId ? { ...one, message, edited: true } : one,
        ),
      })),
    'triage.deleteComment': ({ id, commentId }) =>
      onChild(id, 'comment.delete', 'Delete a note', (detail) => ({
        ...detail,
        comments: detail.comments.filter((one) => one.id !== commentId),
      })),
    'triage.addValues': ({ id, values, marks }) => {
      const added = values.map((value): Observable => ({
        ...fresh(),
        ...{ tlp: marks.tlp ?? 'amber', pap: marks.pap ?? 'amber', tags: marks.tags ?? [] },
        ...{ ioc: marks.ioc ?? false, sighted: marks.sighted ?? false, ignoreSimilarity: false },
        ...value,
        ...(marks.message !== undefined && { message: marks.message }),
      }))
      return onChild(id, 'observable.add-values', `Add ${values.length} observables`, (detail) => ({
        ...detail,
        observables: [...detail.observables, ...added],
      }))
    },
    'triage.updateObservables': ({ id, observableIds, change }) =>
      onChild(id, 'observable.update', `Change ${observableIds.length} observables`, (detail) => ({
        ...detail,
        observables: detail.observables.map((one) =>
          observableIds.includes(one.id) ? changed(one, change) : one,
        ),
      })),
    'triage.deleteObservables': ({ id, observableIds }) =>
      onChild(id, 'observable.delete', `Delete ${observableIds.length} observables`, (detail) => ({
        ...detail,
        observables: detail.observables.filter((one) => !observableIds.includes(one.id)),
      })),
    'triage.addProcedure': ({ id, input }) => {
      const technique = sampleTechniques.find((one) => one.patternId === input.patternId)
      if (!technique) throw new ForagerError('rejected', `The server knows no technique ${input.patternId}.`)
      const tactic = input.tactic ?? technique.tactics[0]
      const added = { ...fresh(), ...input, patternName: technique.name, tactic }
      return onChild(id, 'procedure.add', `Add ${input.patternId}`, (detail) => ({
        ...detail,
        procedures: [...detail.procedures, added],
      }))
    },
    'triage.editProcedure': ({ id, procedureId, change }) =>
      onChild(id, 'procedure.edit', 'Change a TTP', (detail) => ({
        ...detail,
        procedures: detail.procedures.map((one) =>
          one.id === procedureId ? { ...one, ...(change as Partial<Procedure>) } : one,
        ),
      })),
    'triage.deleteProcedure': ({ id, procedureId }) =>
      onChild(id, 'procedure.delete', 'Delete a TTP', (detail) => ({
        ...detail,
        procedures: detail.procedures.filter((one) => one.id !== procedureId),
      })),
    'triage.deleteAttachment': ({ id, attachmentId }) =>
      onChild(id, 'attachment.delete', 'Delete an attachment', (detail) => ({
        ...detail,
        attachments: detail.attachments.filter((one) => one.id !== attachmentId),
      })),
    'attachments.save': () => ({ path: '/home/ana/report.pdf', size: 20_480 }),
    'strays.save': ({ as }) => ({
      ...{ path: `/home/ana/lost.${as}`, size: 1_024 },
      ...(as === 'zip' && { password: 'malware' }),
    }),
    'observables.save': ({ as }) => ({
      size: 184_320,
      ...(as === 'zip'
        ? { path: '/home/ana/invoice.zip', password: 'malware' }
        : { path: '/home/ana/invoice' }),
    }),
  }
}

function changed(
  one: Observable,
  { addTags = [], removeTags = [], ...change }: ObservableChange,
): Observable {
  const tags = [...one.tags.filter((tag) => !removeTags.includes(tag)), ...addTags]
  return { ...one, ...(change as Partial<Observable>), tags }
}
