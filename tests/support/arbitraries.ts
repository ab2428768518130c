import fc from 'fast-check'
import { errorKinds } from '#shared/errors/error-kinds.ts'
import type { AlertChange, AlertInput } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { ObservableMarks } from '#shared/model/observable.ts'
import { operationStates } from '#shared/model/operation.ts'
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
  },
  {
    requiredKeys: ['type', 'source', 'sourceRef', 'title', 'description', 'severity', 'tlp', 'pap', 'tags'],
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

const payloads: { [K in OperationKind]: fc.Arbitrary<OperationOf<K>['payload']> } = {
  'alert.create': fc.record({ input: alertInput }),
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
  'alert.merge': fc.record({ caseId: fc.oneof(localId, serverId) }),
  'observable.add-values': fc.record({ marks, values: fc.array(value, { minLength: 1, maxLength: 3 }) }),
  'observable.add-file': fc.record({ marks, localId, specimenId: fc.uuid(), attachment }),
  'comment.add': fc.record({ localId, message: trimmedText(200) }),
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
}
const optional = ['firstSentAt', 'lastError', 'conflicts', 'receipt']
const always = Object.keys(common).filter((key) => !optional.includes(key)) as (keyof typeof common)[]

/** An operation of this kind, in any state, with anything in its texts. */
export function operationOf<K extends OperationKind>(kind: K): fc.Arbitrary<OperationOf<K>> {
  const shared = fc.record(common, { requiredKeys: always })
  return fc
    .tuple(shared, payloads[kind])
    .map(([rest, payload]) => ({ ...rest, kind, payload }) as unknown as OperationOf<K>)
}

export const operation: fc.Arbitrary<Operation> = fc.oneof(
  operationOf('alert.create'),
  operationOf('alert.update'),
  operationOf('alert.promote'),
  operationOf('alert.merge'),
  operationOf('observable.add-values'),
  operationOf('observable.add-file'),
  operationOf('comment.add'),
)
