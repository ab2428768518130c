import type { Operation } from '#shared/model/operation.ts'
import { anObservable } from '../store/an-observable.ts'
import {
  aCase,
  aComment,
  aCreation,
  aKeptFile,
  aProcedure,
  anAlert,
  anInput,
  anOperation,
  plainMarks,
} from '../make.ts'
import { modelSha256 } from './model-children.ts'
import type { ModelHive } from './runner-rig.ts'

/** One decision of a kind, what the server counts when it takes hold, and what has to be on the server before. */
export type KindCase = {
  operation: Operation
  effects: string[]
  arrange?: (hive: ModelHive) => unknown
}

const kept = (localId: string) => {
  const { attachment, ...file } = aKeptFile({ localId })
  return { ...file, attachment: { ...attachment, sha256: modelSha256(file.specimenId) } }
}
const value = { dataType: 'ip', data: '192.0.2.1', localId: 'local:o' }
const inCase = (hive: ModelHive) => hive.change('~1', { caseId: '~9', stage: 'Imported' })
const withCase = (hive: ModelHive) => hive.cases.set('~9', aCase())
const withObservable = (hive: ModelHive) => hive.observables.push(anObservable())
const withComment = (hive: ModelHive) => hive.comments.push(aComment())
const withProcedure = (hive: ModelHive) => hive.procedures.push(aProcedure())
const { localId: _, ...attached } = { ...aKeptFile().attachment, localId: '' }
const withAttachment = (hive: ModelHive) =>
  hive.attachments.push({ ...attached, id: '~f1', createdAt: 1, createdBy: 'bo' })

const aboutAlerts: Record<string, KindCase> = {
  'a creation': {
    operation: anOperation('alert.create', aCreation(), { alertId: 'local:a' }),
    effects: ['create ref-7'],
  },
  'a creation that brings a value and a file along': {
    operation: anOperation(
      'alert.create',
      aCreation({
        input: anInput({ customFields: [{ name: 'unit', type: 'string', value: 'north' }] }),
        values: [{ ...value, marks: plainMarks }],
        files: [{ ...kept('local:f'), marks: plainMarks }],
      }),
      { alertId: 'local:a' },
    ),
    effects: ['create ref-7'],
  },
  'an update': {
    operation: anOperation('alert.update', {
      change: { severity: 4, externalLink: 'https://a.example' },
      effect: {},
    }),
    effects: ['update ~1 {"severity":4,"externalLink":"https://a.example"}'],
  },
  'an update of custom fields': {
    operation: anOperation(
      'alert.update',
      { change: { customFields: [{ name: 'unit', type: 'string', value: 'north' }] }, effect: {} },
      { base: { customFields: [] } },
    ),
    effects: ['update ~1 {"customFields":[{"name":"unit","type":"string","value":"north"}]}'],
  },
  'a read mark': { operation: anOperation('alert.read', { read: true }), effects: ['read ~1 true'] },
  'no longer following': {
    operation: anOperation('alert.follow', { follow: false }),
    effects: ['follow ~1 false'],
  },
  'a deletion': { operation: anOperation('alert.delete', {}), effects: ['delete ~1'] },
  'a promotion': {
    operation: anOperation('alert.promote', { choices: {}, predicted: aCase({ id: 'local:c' }) }),
    effects: ['promote ~1'],
  },
  'a merge': {
    operation: anOperation('alert.merge', { caseId: '~9' }),
    effects: ['merge ~1 ~9'],
    arrange: withCase,
  },
  'an import': {
    operation: anOperation('alert.import', { caseId: '~9' }),
    effects: ['import ~1 ~9'],
    arrange: withCase,
  },
  'an unlinking': {
    operation: anOperation('alert.unlink', { caseId: '~9' }, { base: { caseId: '~9' } }),
    effects: ['unlink ~1 ~9'],
    arrange: inCase,
  },
}

const aboutChildren: Record<string, KindCase> = {
  values: {
    operation: anOperation('observable.add-values', { marks: plainMarks, values: [value] }),
    effects: ['values ~1 192.0.2.1'],
  },
  'a file': {
    operation: anOperation('observable.add-file', { ...kept('local:f'), marks: plainMarks }),
    effects: ['file ~1 s-1'],
  },
  'a change of an observable': {
    operation: anOperation('observable.update', {
      observableId: '~o1',
      change: { ioc: true, addTags: ['c2'] },
    }),
    effects: ['update-observable ~o1 {"ioc":true,"addTags":["c2"]}'],
    arrange: withObservable,
  },
  'a deletion of an observable': {
    operation: anOperation('observable.delete', { observableId: '~o1' }),
    effects: ['delete-observable ~o1'],
    arrange: withObservable,
  },
  'a comment': {
    operation: anOperation('comment.add', { localId: 'local:m', message: 'seen' }),
    effects: ['comment ~1 seen'],
  },
  'an edit of a comment': {
    operation: anOperation('comment.edit', { commentId: '~c1', message: 'seen twice' }),
    effects: ['edit-comment ~c1 seen twice'],
    arrange: withComment,
  },
  'a deletion of a comment': {
    operation: anOperation('comment.delete', { commentId: '~c1' }),
    effects: ['delete-comment ~c1'],
    arrange: withComment,
  },
  'a procedure': {
    operation: anOperation('procedure.add', {
      localId: 'local:p',
      input: { patternId: 'T1566', occurDate: 1_000 },
    }),
    effects: ['procedure ~1 T1566'],
  },
  'an edit of a procedure': {
    operation: anOperation('procedure.edit', { procedureId: '~p1', change: { description: 'by mail' } }),
    effects: ['edit-procedure ~p1 {"description":"by mail"}'],
    arrange: withProcedure,
  },
  'a deletion of a procedure': {
    operation: anOperation('procedure.delete', { procedureId: '~p1' }),
    effects: ['delete-procedure ~p1'],
    arrange: withProcedure,
  },
  'an attached file': {
    operation: anOperation('attachment.add', kept('local:f')),
    effects: ['attach ~1 s-1'],
  },
  'a deletion of an attached file': {
    operation: anOperation('attachment.delete', { attachmentId: '~f1' }),
    effects: ['delete-attachment ~f1'],
    arrange: withAttachment,
  },
}

const caseInput = {
  ...{ title: 'Wave', description: '', tags: ['mail'] },
  ...({ severity: 2, tlp: 'amber', pap: 'amber' } as const),
}

const aboutCases: Record<string, KindCase> = {
  'a new case': {
    operation: anOperation(
      'case.create',
      { input: caseInput, predicted: aCase({ id: 'local:c' }) },
      { id: 'op-c', alertId: 'local:c' },
    ),
    effects: ['create-case Wave', 'update-case ~101 {"removeTags":["forager-op:op-c"]}'],
  },
  'a change of a case': {
    operation: anOperation(
      'case.update',
      { change: { severity: 4, addTags: ['c2'] }, effect: {} },
      { alertId: '~9' },
    ),
    effects: ['update-case ~9 {"severity":4,"addTags":["c2"]}'],
    arrange: withCase,
  },
  'a change of the custom fields of a case': {
    operation: anOperation(
      'case.update',
      { change: { customFields: [{ name: 'unit', type: 'string', value: 'north' }] }, effect: {} },
      { alertId: '~9', base: { customFields: [] } },
    ),
    effects: ['update-case ~9 {"customFields":[{"name":"unit","type":"string","value":"north"}]}'],
    arrange: withCase,
  },
}

/** Every kind but a zip, which is sent again rather than asked about. */
export const kindCases: [string, KindCase][] = Object.entries({
  ...aboutAlerts,
  ...aboutChildren,
  ...aboutCases,
})

/** An alert beside the model's own. */
export const secondAlert = (hive: ModelHive) => hive.alerts.set('~2', anAlert({ id: '~2', sourceRef: 'r-2' }))
