import type { Alert, AlertInput } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { ObservableMarks } from '#shared/model/observable.ts'
import type { Operation, OperationKind, PayloadOf } from '#shared/model/operation.ts'
import type { Procedure } from '#shared/model/procedure.ts'

/** A plain New alert; name what matters to the test. */
export function anAlert(over: Partial<Alert> = {}): Alert {
  return {
    id: '~1',
    type: 'edr',
    source: 'sensor',
    sourceRef: 'r-1',
    title: 'Encoded PowerShell',
    description: 'A **process** started.',
    severity: 2,
    tlp: 'amber',
    pap: 'amber',
    date: 1_000,
    tags: ['edr'],
    status: 'New',
    stage: 'New',
    follow: true,
    observableCount: 0,
    customFields: [],
    createdAt: 1_000,
    createdBy: 'feed',
    ...over,
  }
}

export function aCase(over: Partial<Case> = {}): Case {
  return {
    id: '~9',
    number: 9,
    title: 'A case',
    description: '',
    severity: 2,
    tlp: 'amber',
    pap: 'amber',
    tags: [],
    status: 'New',
    stage: 'New',
    flag: false,
    customFields: [],
    startDate: 1_000,
    createdAt: 1_000,
    createdBy: 'ana',
    ...over,
  }
}

/** A ready operation of a kind; ids follow the order of making within a test unless given. */
export function anOperation<K extends OperationKind>(
  kind: K,
  payload: PayloadOf<K>,
  over: Partial<Operation> = {},
): Operation {
  return {
    kind,
    payload,
    id: `op-${kind}`,
    version: 1,
    alertId: '~1',
    groupId: 'g-1',
    base: {},
    author: 'ana',
    dependsOn: [],
    state: 'ready',
    attempts: 0,
    mustVerify: false,
    notBefore: 0,
    createdAt: 5_000,
    ...over,
  } as Operation
}

export const plainMarks: ObservableMarks = {
  tlp: 'amber',
  pap: 'amber',
  tags: [],
  ioc: false,
  sighted: false,
}

export function anInput(over: Partial<AlertInput> = {}): AlertInput {
  const words = { type: 'manual', source: 'phone', sourceRef: 'ref-7', title: 'A call', description: '' }
  return { ...words, severity: 2, tlp: 'amber', pap: 'amber', tags: [], customFields: [], ...over }
}

/** A creation that brings nothing along, unless the test says so. */
export function aCreation(
  over: Partial<PayloadOf<'alert.create'>> & { input?: AlertInput } = {},
): PayloadOf<'alert.create'> {
  return { input: anInput(), values: [], files: [], ...over }
}

export function aComment(over: Partial<Comment> = {}): Comment {
  return { id: '~c1', message: 'looked at it', createdAt: 2_000, createdBy: 'bo', edited: false, ...over }
}

export function aProcedure(over: Partial<Procedure> = {}): Procedure {
  const what = { patternId: 'T1566', tactic: 'initial-access', occurDate: 1_500 }
  return { ...what, id: '~p1', createdAt: 2_000, createdBy: 'bo', ...over }
}

/** What a dropped file looks like in a decision. */
export function aKeptFile(over: Partial<PayloadOf<'attachment.add'>> = {}): PayloadOf<'attachment.add'> {
  const attachment = { name: 'note.txt', size: 8, contentType: 'text/plain', sha256: 'ab'.repeat(32) }
  return { localId: 'local:f', specimenId: 's-1', attachment, ...over }
}
