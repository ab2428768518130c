import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ReversalPlan } from '#shared/model/reversal.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Case } from '#shared/model/case.ts'
import { fold } from '../domain/fold.ts'
import { applyEdits } from '../domain/child-edits.ts'
import { inverseOf } from '../domain/inverse.ts'
import type { Now, PutBack } from '../domain/put-back.ts'
import { isAboutCase } from '../domain/fold-case.ts'
import type { ServiceContext } from './context.ts'
import { askedBy, decideAll } from './decide-put-back.ts'
import { gather } from './gather.ts'
import { sentenceOf } from './operation-sentence.ts'
import { enqueue } from './queue-operations.ts'
import { pendingOn } from './seen.ts'
import { whyRefused } from './why-refused.ts'

export type ReverseContext = ServiceContext & {
  /** A decision the server has, as it was sent. */
  receipt: (id: string) => Operation | undefined
}

type Step = {
  id: string
  operation: Operation
  putBack: PutBack
  sentence: string
  refused: string | undefined
}
type Planned = {
  steps: Step[]
  left: { operation: Operation; reason: string }[]
  titles: Map<string, string>
}

/** What can be put back of what was sent, newest first, and what cannot, with the reasons. Nothing is queued. */
export async function reversalPlan(ids: readonly string[], context: ReverseContext): Promise<ReversalPlan> {
  const { steps, left, titles } = await planned(ids, context)
  const about = ({ alertId }: Operation): string => titles.get(alertId) ?? 'something not in the local copy'
  return {
    steps: steps
      .filter(({ refused }) => refused === undefined)
      .map(({ id, sentence, operation }) => ({ id, sentence, title: about(operation) })),
    left: [
      ...steps.flatMap(({ operation, sentence, refused }) =>
        refused === undefined ? [] : [{ title: about(operation), reason: `${sentence}: ${refused}` }],
      ),
      ...left.map(({ operation, reason }) => ({ title: about(operation), reason })),
    ],
  }
}

/** Queues the steps the analyst saw and chose, as ordinary decisions. Nothing is queued when one of them cannot be decided any more. */
export async function reverseSent(
  { ids, steps: chosen }: { ids: readonly string[]; steps: readonly string[] },
  context: ReverseContext,
): Promise<{ groupIds: string[]; count: number }> {
  const { steps } = await planned(ids, context)
  const wanted = new Set(chosen)
  const found = steps.filter(({ id, refused }) => refused === undefined && wanted.has(id))
  if (found.length !== chosen.length)
    throw new ForagerError('rejected', 'What you saw has changed since.', {
      did: 'Nothing was queued.',
      next: 'Look at the list again.',
    })
  const { deciding, gathered } = gather(context)
  await decideAll(
    found.map(({ putBack }) => putBack),
    deciding,
  )
  const decided = gathered()
  enqueue(decided, context)
  return { groupIds: [...new Set(decided.map(({ groupId }) => groupId))], count: decided.length }
}

async function planned(ids: readonly string[], context: ReverseContext): Promise<Planned> {
  const sent = ids.flatMap((id) => context.receipt(id) ?? [])
  if (sent.length < ids.length)
    throw new ForagerError('not-found', 'This was not sent, or its receipt is not here.', {
      next: 'What waits can be undone in the outbox.',
    })
  const result: Planned = { steps: [], left: [], titles: new Map() }
  const known = new Set<string>()
  const alerts = once((id) => onAlert(id, context))
  const refusals = once((_asked, step: PutBack) => whyRefused(step, context))
  for (const one of sent.toSorted((a, b) => (b.receipt?.at ?? 0) - (a.receipt?.at ?? 0))) {
    const operation = context.book.resolved(one)
    const now = await nowOf(operation, alerts, context)
    const title = (isAboutCase(operation) ? now.case : now.alert)?.title
    if (title !== undefined) result.titles.set(operation.alertId, title)
    const { putBack, left } = inverseOf(operation, now)
    for (const step of putBack) {
      // Added twice, there once: what puts it back once puts it back.
      const does = JSON.stringify(step)
      if (known.has(does)) continue
      known.add(does)
      result.steps.push({
        // What it does is its name: what was confirmed is what is done, or nothing is.
        id: JSON.stringify([operation.id, step]),
        operation,
        putBack: step,
        sentence: sentenceOf({ ...operation, ...step, base: {} } as Operation, now.caseName),
        refused: await refusals(askedBy(step), step),
      })
    }
    result.left.push(...left.map((reason) => ({ operation, reason })))
  }
  return result
}

/** Asks once for each key: many receipts may be about one alert. */
function once<A extends unknown[], T>(ask: (key: string, ...more: A) => Promise<T>): typeof ask {
  const asked = new Map<string, Promise<T>>()
  return (key, ...more) => {
    const answer = asked.get(key) ?? ask(key, ...more)
    asked.set(key, answer)
    return answer
  }
}

const nothing = { observables: [], comments: [], procedures: [], attachments: [] }

/** What is there now, with everything pending on it. */
async function nowOf(
  operation: Operation,
  alerts: (id: string) => Promise<Omit<Now, 'caseName'>>,
  context: ReverseContext,
): Promise<Now> {
  const cases = await casesNear(operation, context)
  const caseName = (id: string): string => {
    const number = cases.get(id)?.number
    return number === undefined ? 'the case' : `case #${number}`
  }
  if (isAboutCase(operation)) return { ...nothing, caseName, case: cases.get(operation.alertId) }
  return { ...(await alerts(operation.alertId)), caseName }
}

async function onAlert(alertId: string, context: ReverseContext): Promise<Omit<Now, 'caseName'>> {
  const shown = await context.shown(alertId)
  if (shown === undefined) return nothing
  const { alert, edits } = fold(shown.alert, pendingOn(alertId, context))
  return {
    alert,
    observables: applyEdits('observable', shown.observables, edits),
    comments: applyEdits('comment', shown.comments, edits),
    procedures: applyEdits('procedure', shown.procedures, edits),
    attachments: applyEdits('attachment', shown.attachments, edits),
  }
}

async function casesNear(operation: Operation, context: ReverseContext): Promise<Map<string, Case>> {
  const { payload } = operation as { payload: { caseId?: string; predicted?: Case } }
  const ids = [isAboutCase(operation) ? operation.alertId : undefined, payload.caseId, payload.predicted?.id]
  const cases = new Map<string, Case>()
  for (const id of ids) {
    const found = id === undefined ? undefined : await context.shownCase(id)
    if (id !== undefined && found !== undefined) cases.set(id, found)
  }
  return cases
}
