import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import type { CallOutput } from '#shared/contract/contract.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Case } from '#shared/model/case.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import type { Operation } from '#shared/model/operation.ts'
import { isAboutCase } from '../domain/fold-case.ts'
import { editOf } from '../domain/edited-operation.ts'
import { parentsOf } from '../domain/plan-order.ts'
import { dependentsOf, waitsForEach } from '../domain/waits-for.ts'
import { promisedTasks } from '../domain/promised-tasks.ts'
import { caseIdOf, promisedCaseId } from '../domain/target.ts'
import { whyNotEditable } from '../services/edit-operation.ts'
import { changesOf } from '../services/operation-changes.ts'
import type { ServiceContext } from '../services/context.ts'
import { viewOf } from '../services/operation-views.ts'
import type { ViewFacts } from '../services/operation-views.ts'
import type { ProfileFiles } from './profile-files.ts'

type CaseDetail = CallOutput<'cases.get'>

export type Parts = { context: ServiceContext; files: ProfileFiles }

/** The whole detail from the local copy, with what is pending on it in words. */
export async function alertDetail(id: string, { context, files }: Parts): Promise<AlertDetail> {
  await context.book.folded(id)
  const detail = await files.readers.quick.detail(id)
  if (detail === undefined)
    throw new ForagerError('not-found', 'This alert is not in the local copy.', {
      next: 'Go back to the queue; it may have been taken back or deleted.',
    })
  const mine = context.book.all().filter((one) => context.book.resolveId(one.alertId) === id)
  return { ...detail, pending: await viewsOf(mine, { context, files }) }
}

/** A case from the local copy: its tasks as they were when it was last opened, and what is pending on it or leads into it. */
export async function caseDetail(id: string, { context, files }: Parts): Promise<CaseDetail> {
  const { quick } = files.readers
  const promise = context.book.all().find((one) => promisedCaseId(one) === id)
  // One that is only promised comes into the copy with the alert it is promised for.
  await Promise.all([id, promise?.alertId ?? id].map((one) => context.book.folded(one)))
  const found = await quick.case(id)
  if (found === undefined) throw new ForagerError('not-found', 'This case is not in the local copy.')
  const about = context.book
    .all()
    .map((one) => context.book.resolved(one))
    .filter((one) => one.alertId === id || caseIdOf(one) === id || promisedCaseId(one) === id)
  const makes = about.find((one) => promisedCaseId(one) === id)
  const tasks = makes === undefined ? await quick.tasks(id) : await promisedBy(makes, { context, files })
  return { case: found, tasks, pending: await viewsOf(about, { context, files }) }
}

/** Those that a case which waits to be made will have. */
async function promisedBy(operation: Operation, { context, files }: Parts) {
  const alert = (await files.readers.quick.detail(operation.alertId))?.alert
  return promisedTasks(operation, { alert, templates: context.catalog().caseTemplates })
}

/** What waits, oldest first, then the newest receipts. */
export async function listOutbox(receipts: number, parts: Parts): Promise<OperationView[]> {
  const sent = parts.files.outbox.receipts(receipts)
  return viewsOf([...parts.context.book.all(), ...sent], parts)
}

/** One decision, waiting or sent, with what it sets and what was built on it. */
export async function operationDetail(id: string, parts: Parts): Promise<CallOutput<'outbox.get'>> {
  const { book } = parts.context
  const operation = book.get(id) ?? parts.files.outbox.get(id)
  if (operation === undefined)
    throw new ForagerError('not-found', 'This decision is not in the outbox any more.', {
      next: 'It was taken back or dropped.',
    })
  const [view, ...dependents] = await viewsOf([operation, ...dependentsOf([id], book.all())], parts)
  if (view === undefined) throw new ForagerError('bug', 'A decision has no line.')
  const notEditable = whyNotEditable(operation)
  const edit = editOf(operation)
  const changes = changesOf(book.resolved(operation))
  return { view, changes, dependents, ...(notEditable === undefined ? { edit } : { notEditable }) }
}

type Plan = Pick<ViewFacts, 'waits' | 'parents'>

/** What was sent waits for nothing, and stands beneath nothing. */
export const nothingWaits: Plan = { waits: new Map(), parents: new Map() }

function planOf({ book }: ServiceContext): Plan {
  const pending = book.all()
  const waits = waitsForEach({ pending, resolveId: (id) => book.resolveId(id) })
  return { waits, parents: parentsOf(pending) }
}

/** Their lines. `plan` is what waits just now; the whole outbox is looked through for it. */
export async function viewsOf(
  operations: readonly Operation[],
  { context, files }: Parts,
  plan?: Plan,
): Promise<OperationView[]> {
  const resolved = operations.map((one) => context.book.resolved(one))
  const titles = await files.readers.quick.titles([...new Set(resolved.map((one) => one.alertId))])
  const cases = new Map<string, Case>()
  for (const id of new Set(resolved.flatMap(casesNamedBy))) {
    const found = await files.readers.quick.case(id)
    if (found !== undefined) cases.set(id, found)
  }
  const facts = {
    ...(plan ?? planOf(context)),
    now: context.now(),
    titleOf: (id: string) => titles[id] ?? cases.get(id)?.title ?? 'something not in the local copy',
    caseName: (id: string) => nameOf(cases.get(id)),
  }
  return resolved.map((one) => viewOf(one, facts))
}

const casesNamedBy = (operation: Operation): string[] => [
  ...(isAboutCase(operation) ? [operation.alertId] : []),
  ...[caseIdOf(operation) ?? []].flat(),
  ...(operation.conflicts ?? []).flatMap(({ field, base, mine, theirs }) =>
    field === 'caseId' ? [base, mine, theirs].filter((id) => typeof id === 'string') : [],
  ),
]

function nameOf(known: Case | undefined): string {
  if (known === undefined) return 'a case not in the local copy'
  return `${known.number === undefined ? 'the new case' : `case #${known.number}`} “${known.title}”`
}
