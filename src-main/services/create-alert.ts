import type { Decided, FileOutcome } from '#shared/contract/alert-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { alertKey } from '#shared/model/alert.ts'
import type { AlertInput, AlertKey } from '#shared/model/alert.ts'
import type { ObservableMarks, ObservableValue } from '#shared/model/observable.ts'
import { observableMarksSchema } from '#shared/model/observable.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { ServiceContext } from './context.ts'
import { distinctValues } from './enrich.ts'
import { isAble, mustBeAble, mustFitLink, mustKnowTlp } from './permissions.ts'
import { enqueue, makeOperation, newLocalId } from './queue-operations.ts'
import type { Draft } from './queue-operations.ts'
import { takeFiles } from './take-files.ts'
import type { KeptFile, TakeIn } from './take-files.ts'

export type NewAlert = {
  input: AlertInput
  values: readonly ObservableValue[]
  marks?: ObservableMarks | undefined
  paths: readonly string[]
}

type Created = Decided & { alertId: string; files: FileOutcome[] }

/** type + source + sourceRef are unique together: a twin here, or one still waiting, is refused with its id. */
export async function createAlert(
  { input, values, marks, paths }: NewAlert,
  context: ServiceContext & { takeIn: TakeIn },
): Promise<Created> {
  mayCreate({ input, marks, brings: values.length + paths.length > 0 }, context)
  await mustBeUnique(input, undefined, context)
  const { kept, files } = await takeFiles(paths, context)
  const given = {
    marks: marks ?? observableMarksSchema.parse({ tlp: input.tlp, pap: input.pap }),
    values: distinctValues(values).map((value) => ({ ...value, localId: newLocalId(context) })),
    files: kept,
  }
  const about = { seen: undefined, alertId: newLocalId(context), groupId: context.newId() }
  const operations = isAble('createWithObservables', context)
    ? [makeOperation(together(input, given), about, context)]
    : oneByOne(input, given).map((draft) => makeOperation(draft, about, context))
  const [create, ...rest] = operations
  enqueue([create!, ...rest.map((one) => ({ ...one, dependsOn: [create!.id] }) as Operation)], context)
  return { groupId: about.groupId, count: operations.length, alertId: about.alertId, files }
}

function mayCreate(
  { input, marks, brings }: Pick<NewAlert, 'input' | 'marks'> & { brings: boolean },
  context: ServiceContext,
): void {
  mustBeAble('createAlert', context)
  if (input.externalLink !== undefined) mustBeAble('externalLink', context)
  mustFitLink(input.externalLink, context)
  if (input.customFields.length > 0) mustBeAble('alertCustomFields', context)
  if (brings && !isAble('createWithObservables', context)) mustBeAble('manageObservable', context)
  mustKnowTlp(input.tlp, context)
  mustKnowTlp(marks?.tlp, context)
}

type Given = {
  marks: ObservableMarks
  values: (ObservableValue & { localId: string })[]
  files: KeptFile[]
}

const together = (input: AlertInput, { marks, values, files }: Given): Draft => ({
  kind: 'alert.create',
  payload: {
    input,
    values: values.map((value) => ({ ...value, marks })),
    files: files.map((file) => ({ ...file, marks })),
  },
})

/** For servers that take an alert alone: what it brings along follows it. */
function oneByOne(input: AlertInput, { marks, values, files }: Given): Draft[] {
  return [
    { kind: 'alert.create', payload: { input, values: [], files: [] } },
    ...(values.length === 0 ? [] : [{ kind: 'observable.add-values' as const, payload: { marks, values } }]),
    ...files.map((file) => ({ kind: 'observable.add-file' as const, payload: { ...file, marks } })),
  ]
}

/** `ownId`: the alert that is to have this key, where it waits here already. @throws ForagerError `conflict` with the id of a twin */
export async function mustBeUnique(
  key: AlertKey,
  ownId: string | undefined,
  context: ServiceContext,
): Promise<void> {
  const waiting = context.book
    .all()
    .find((one) => one.kind === 'alert.create' && isTwin(one.payload.input, key) && one.alertId !== ownId)
  const twinId = waiting?.alertId ?? (await context.alertIdByKey(key))
  if (twinId === undefined || twinId === ownId) return
  throw new ForagerError('conflict', 'There already is an alert with this type, source and reference.', {
    did: 'Nothing was queued.',
    next: 'Open the existing alert, or give this one another reference.',
    details: { twinId },
  })
}

const isTwin = (one: AlertKey, other: AlertKey): boolean => alertKey(one) === alertKey(other)
