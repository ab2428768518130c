import fc from 'fast-check'
import { errorKinds } from '#shared/errors/error-kinds.ts'
import type { AlertChange, AlertInput, CustomFieldValue } from '#shared/model/alert.ts'
import type { Case, CaseChange, CaseInput } from '#shared/model/case.ts'
import type { ObservableChange, ObservableMarks } from '#shared/model/observable.ts'
import { operationKinds, operationStates } from '#shared/model/operation.ts'
import type { Operation, OperationKind, OperationOf } from '#shared/model/operation.ts'
import { papValues, stages, tlpValues } from '#shared/model/scales.ts'
import type { Severity } from '#shared/model/scales.ts'

/** Text as attackers and analysts write it: markup, SQL and search grammar, right-to-left, emoji, control characters, half pairs. */
export const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.constantFrom(
    '<img src=x onerror=alert(1)>',
    `'; DROP TABLE alert; --`,
    '"a" OR NEAR(b c, 1) NOT *',
    'hxxps://login[.]example[.]com',
    '\u202eexe.fdp',
    '\ud83d',
    '\udc00 half',
    '__proto__',
    'ΟΔΟΣ straße İstanbul',
    'a\u0000b\u001fc',
  ),
)

export const trimmedText = (maxLength: number) =>
  hostileText.map((text) => text.trim().slice(0, maxLength).trim()).filter((text) => text.length > 0)

export const time = fc.integer({ min: 0, max: 4_000_000_000_000 })
export const severity = fc.constantFrom<Severity>(1, 2, 3, 4)
export const tlp = fc.constantFrom(...tlpValues)
export const pap = fc.constantFrom(...papValues)
export const stage = fc.constantFrom(...stages)
export const login = fc.constantFrom('ana@acme.example', 'rolf@acme.example', 'mina@acme.example')
const tags = fc.array(trimmedText(128), { maxLength: 4 })
const localId = fc.uuid().map((id) => `local:${id}`)
const serverId = fc.nat().map((n) => `~${n}`)
const sha256 = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 })

/** Few names, so that sets overlap. */
export const customField: fc.Arbitrary<CustomFieldValue> = fc.record({
  name: fc.constantFrom('unit', 'score', 'owner'),
  type: fc.constant('string'),
  value: fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.constant(null)),
})

export const alertInput: fc.Arbitrary<AlertInput> = fc.record(
  {
    type: trimmedText(32),
    source: trimmedText(32),
    sourceRef: trimmedText(128),
    title: trimmedText(512),
    description: hostileText,
    severity,
    tlp,
    pap,
    tags,
    externalLink: hostileText,
    caseTemplate: trimmedText(128),
    date: time,
    customFields: fc.array(customField, { maxLength: 3 }),
  },
  {
    requiredKeys: [
      ...(['type', 'source', 'sourceRef', 'title', 'description', 'severity'] as const),
      ...(['tlp', 'pap', 'tags', 'customFields'] as const),
    ],
  },
)

export const alertChange: fc.Arbitrary<AlertChange> = fc
  .record(
    {
      status: fc.constantFrom('New', 'InProgress', 'Ignored', 'FalsePositive'),
      severity,
      tlp,
      pap,
      assignee: fc.option(login),
      title: trimmedText(512),
      description: hostileText,
      summary: hostileText,
      externalLink: hostileText,
      customFields: fc.array(customField, { maxLength: 3 }),
      addTags: tags,
      removeTags: tags,
    },
    { requiredKeys: [] },
  )
  .filter((change) => Object.keys(change).length > 0)

export const aCase: fc.Arbitrary<Case> = fc.record(
  {
    id: localId,
    number: fc.nat(),
    title: trimmedText(512),
    description: hostileText,
    severity,
    tlp,
    pap,
    tags,
    status: fc.constantFrom('New', 'InProgress'),
    stage,
    assignee: login,
    startDate: time,
    createdAt: time,
    createdBy: login,
    flag: fc.boolean(),
    customFields: fc.array(customField, { maxLength: 2 }),
    pending: fc.boolean(),
  },
  { noNullPrototype: true },
)

export const marks: fc.Arbitrary<ObservableMarks> = fc.record(
  { tlp, pap, tags, ioc: fc.boolean(), sighted: fc.boolean(), message: hostileText },
  { requiredKeys: ['tlp', 'pap', 'tags', 'ioc', 'sighted'] },
)

const value = fc.record({
  localId,
  dataType: fc.constantFrom('ip', 'domain', 'url', 'hash', 'other'),
  data: trimmedText(200),
})

const attachment = fc.record({
  name: hostileText,
  size: fc.nat(),
  contentType: fc.constant('text/plain'),
  sha256,
})

/** Few ids, so that decisions meet: ours, the server's, and one nobody has. */
const childId = fc.constantFrom('local:x', 'local:y', '~o1', '~o2', '~none')
const anyId = fc.oneof(localId, serverId)
const keptFile = fc.record({ localId: childId, specimenId: fc.uuid(), attachment })

const observableChange: fc.Arbitrary<ObservableChange> = fc
  .record(
    {
      message: hostileText,
      tlp,
      pap,
      ioc: fc.boolean(),
      sighted: fc.boolean(),
      addTags: tags,
      removeTags: tags,
    },
    { requiredKeys: [] },
  )
  .filter((change) => Object.keys(change).length > 0)

const caseInput: fc.Arbitrary<CaseInput> = fc.record({
  title: trimmedText(512),
  description: hostileText,
  severity,
  tlp,
  pap,
  tags,
})

const caseChange: fc.Arbitrary<CaseChange> = fc
  .record(
    {
      title: trimmedText(512),
      severity,
      tlp,
      summary: hostileText,
      flag: fc.boolean(),
      customFields: fc.array(customField, { maxLength: 3 }),
      addTags: tags,
      removeTags: tags,
    },
    { requiredKeys: [] },
  )
  .filter((change) => Object.keys(change).length > 0)

const payloads: { [K in OperationKind]: fc.Arbitrary<OperationOf<K>['payload']> } = {
  'alert.create': fc.record({
    input: alertInput,
    values: fc.array(
      fc.tuple(value, marks).map(([one, marked]) => ({ ...one, marks: marked })),
      { maxLength: 2 },
    ),
    files: fc.array(
      fc.tuple(keptFile, marks).map(([one, marked]) => ({ ...one, marks: marked })),
      { maxLength: 2 },
    ),
  }),
  'alert.update': fc.record({
    change: alertChange,
    effect: fc.record({ stage, assignee: login }, { requiredKeys: [] }),
  }),
  'alert.promote': fc.record({
    choices: fc.record(
      { title: trimmedText(512), caseTemplate: trimmedText(64), severity, tags },
      { requiredKeys: [] },
    ),
    predicted: aCase,
  }),
  'alert.merge': fc.record({ caseId: anyId }),
  'alert.import': fc.record({ caseId: anyId }),
  'alert.unlink': fc.record({ caseId: anyId }),
  'alert.read': fc.record(
    { read: fc.boolean(), effect: fc.record({ status: trimmedText(64), stage }) },
    { requiredKeys: ['read'] },
  ),
  'alert.follow': fc.record({ follow: fc.boolean() }),
  'alert.delete': fc.constant({}),
  'observable.add-values': fc.record({ marks, values: fc.array(value, { minLength: 1, maxLength: 3 }) }),
  'observable.add-file': fc
    .tuple(keptFile, marks, fc.option(fc.constant({ password: 'malware' }), { nil: undefined }))
    .map(([file, marked, zip]) => ({ ...file, marks: marked, ...(zip !== undefined && { zip }) })),
  'observable.update': fc.record({ observableId: childId, change: observableChange }),
  'observable.delete': fc.record({ observableId: childId }),
  'comment.add': fc.record({ localId: childId, message: trimmedText(200) }),
  'comment.edit': fc.record({ commentId: childId, message: trimmedText(200) }),
  'comment.delete': fc.record({ commentId: childId }),
  'procedure.add': fc.record({
    localId: childId,
    input: fc.record({
      patternId: fc.constantFrom('T1566', 'T1059'),
      occurDate: time,
      description: hostileText,
    }),
  }),
  'procedure.edit': fc.record({
    procedureId: childId,
    change: fc.record({ occurDate: time, description: hostileText }),
  }),
  'procedure.delete': fc.record({ procedureId: childId }),
  'attachment.add': keptFile,
  'attachment.delete': fc.record({ attachmentId: childId }),
  'case.create': fc.record({ input: caseInput, predicted: aCase }),
  'case.update': fc.record({ change: caseChange, effect: fc.record({ stage }, { requiredKeys: [] }) }),
}

/** Names of fields, which Forager chooses: anything but the one name that JavaScript keeps for itself. */
const fieldName = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__')

const errorData = fc.record(
  {
    kind: fc.constantFrom(...errorKinds),
    message: hostileText,
    did: hostileText,
    next: hostileText,
    details: fc.dictionary(fieldName, fc.oneof(fc.string(), fc.integer(), fc.boolean())),
  },
  { requiredKeys: ['kind', 'message'] },
)

/** What a server field may have held. */
const fieldValue = fc.oneof(hostileText, fc.integer(), fc.boolean(), fc.constant(null), fc.array(hostileText))

const common = {
  id: fc.uuid({ version: 7 }),
  version: fc.constant(1 as const),
  alertId: fc.oneof(serverId, localId),
  groupId: fc.uuid(),
  base: fc.dictionary(fieldName, fieldValue, { noNullPrototype: true }),
  author: login,
  dependsOn: fc.array(fc.uuid(), { maxLength: 2 }),
  state: fc.constantFrom(...operationStates),
  attempts: fc.nat(50),
  mustVerify: fc.boolean(),
  firstSentAt: time,
  notBefore: time,
  createdAt: time,
  lastError: errorData,
  conflicts: fc.array(
    fc.record({ field: hostileText, base: fieldValue, mine: fieldValue, theirs: fieldValue }),
    {
      maxLength: 2,
    },
  ),
  receipt: fc.record({ at: time, serverId, alreadyThere: fc.boolean(), note: hostileText }),
  carried: fc.record(
    {
      role: fc.constantFrom('exported', 'resumed', 'imported'),
      at: time,
      file: hostileText,
      wasHeld: fc.boolean(),
    },
    { requiredKeys: ['role', 'at', 'file'] },
  ),
}
const optional = ['firstSentAt', 'lastError', 'conflicts', 'receipt', 'carried']
const always = Object.keys(common).filter((key) => !optional.includes(key)) as (keyof typeof common)[]

/** An operation of this kind, in any state, with anything in its texts. */
export function operationOf<K extends OperationKind>(kind: K): fc.Arbitrary<OperationOf<K>> {
  const shared = fc.record(common, { requiredKeys: always })
  return fc
    .tuple(shared, payloads[kind])
    .map(([rest, payload]) => ({ ...rest, kind, payload }) as unknown as OperationOf<K>)
}

const operationsOf = (kinds: readonly OperationKind[]): fc.Arbitrary<Operation> =>
  fc.oneof(...kinds.map((kind) => operationOf(kind) as fc.Arbitrary<Operation>))

/** Any decision. */
export const operation: fc.Arbitrary<Operation> = operationsOf(operationKinds)

/** Any decision about an alert or what hangs on it. */
export const alertOperation: fc.Arbitrary<Operation> = operationsOf(
  operationKinds.filter((kind) => !kind.startsWith('case.')),
)

/** Any decision about a case. */
export const caseOperation: fc.Arbitrary<Operation> = operationsOf(['case.create', 'case.update'])
