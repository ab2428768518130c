import type { Alert, AlertInput } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { ObservableMarks } from '#shared/model/observable.ts'
import type { Operation, OperationKind, PayloadOf } from '#shared/model/operation.ts'

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
  return { ...words, severity: 2, tlp: 'amber', pap: 'amber', tags: [], ...over }
}
