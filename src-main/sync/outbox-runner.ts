import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import type { Operation, Receipt } from '#shared/model/operation.ts'
import { nextOperation } from '../domain/next-operation.ts'
import { backoffMs } from './backoff.ts'
import { classifyFailure } from './classify-failure.ts'
import type { StepContext, StepResult } from './kinds/kind.ts'
import { rulesOf } from './kinds/kind-table.ts'

/** Why a drain ended. `connection` carries the error that stops everything. */
export type Drained = { ended: 'empty' } | { ended: 'connection'; error: ForagerError } | { ended: 'stopped' }

/** Sends what may be sent, one at a time, oldest first, until nothing is left or nobody can send. */
export async function drain(context: StepContext): Promise<Drained> {
  try {
    for (const operation of context.pending.owed()) await readBack(operation, context)
  } catch (thrown) {
    return notReadable(asForagerError(thrown))
  }
  for (;;) {
    if (context.signal.aborted) return { ended: 'stopped' }
    const { pending, clock } = context
    const operation = nextOperation(pending.all(), clock.now(), (id) => pending.resolveId(id))
    if (operation === undefined) return { ended: 'empty' }
    const stop = await step(operation, context)
    if (stop !== undefined) return stop
  }
}

async function step(queued: Operation, context: StepContext): Promise<Drained | undefined> {
  const { pending, clock, server } = context
  // On disk before the first byte leaves: found at start-up it means "ask first".
  const sending: Operation = {
    ...queued,
    state: 'sending',
    attempts: queued.attempts + 1,
    // The server's time: its stamps are what this is compared with.
    firstSentAt: queued.firstSentAt ?? clock.now() + (server.clockAhead?.() ?? 0),
  }
  pending.save(sending)
  let result: StepResult
  try {
    result = await attempt(pending.resolved(sending), context)
  } catch (thrown) {
    return failed(sending, asForagerError(thrown), context)
  }
  if (!('done' in result)) return void undecided({ queued, sending, result }, pending)
  try {
    await acknowledged(sending, result.done, context)
    return undefined
  } catch (thrown) {
    return notReadable(asForagerError(thrown))
  }
}

/** Nothing was sent: it waits for the analyst, or goes out anew on their ground. */
function undecided(
  { queued, sending, result }: { queued: Operation; sending: Operation; result: StepResult },
  pending: StepContext['pending'],
): void {
  const merged = 'merged' in result ? result.merged : undefined
  const ground = merged === undefined ? {} : { base: merged.base, payload: merged.payload }
  if ('conflict' in result)
    pending.replace(queued, {
      ...sending,
      ...ground,
      state: 'conflict',
      conflicts: result.conflict,
    } as Operation)
  else pending.replace(queued, { ...queued, ...ground, state: 'ready' } as Operation)
}

/** The server has the decision but does not answer reads: nothing is lost, the drain ends and tries again later. */
function notReadable(error: ForagerError): Drained {
  return error.kind === 'cancelled' ? { ended: 'stopped' } : { ended: 'connection', error }
}

async function attempt(operation: Operation, context: StepContext): Promise<StepResult> {
  const rules = rulesOf(operation)
  if (operation.mustVerify) {
    const found = await rules.probe(operation, context)
    if (!('notYet' in found)) return found
  }
  return rules.send(operation, context)
}

/** The receipt is durable first; then the base is brought up to date; only then does the fold forget the operation. */
async function acknowledged(sent: Operation, receipt: Receipt, context: StepContext): Promise<void> {
  const { lastError: _cleared, conflicts: _settled, ...rest } = sent
  const resolved = context.pending.resolved(sent)
  context.pending.owe(resolved)
  context.pending.save({ ...rest, state: 'sent', mustVerify: false, receipt } as Operation)
  await readBack(resolved, context)
}

/** The server has it; if it cannot be read just now, the fold goes on showing it until it can. */
async function readBack(operation: Operation, context: StepContext): Promise<void> {
  // Its own id may have been mapped only by the answer.
  const resolved = context.pending.resolved(operation)
  try {
    await rulesOf(resolved).refresh(resolved, context)
  } catch (thrown) {
    const error = asForagerError(thrown)
    // An answer that cannot be read (or a refusal to read) concerns this alert alone: it must not hold up the others.
    if (error.kind === 'unexpected-shape' || classifyFailure(error).outcome === 'refused') return
    throw error
  }
  context.pending.paid(operation)
  await context.pending.refold(resolved.alertId)
}

function failed(
  sending: Operation,
  error: ForagerError,
  { pending, clock }: StepContext,
): Drained | undefined {
  const failure = classifyFailure(error)
  const lastError = toErrorData(error)
  const later = clock.now() + backoffMs(sending.attempts, clock.random())
  switch (failure.outcome) {
    case 'stopped':
      return { ended: 'stopped' }
    case 'connection':
      pending.save({ ...sending, state: 'ready', attempts: sending.attempts - 1, lastError })
      return { ended: 'connection', error }
    case 'retry':
      pending.save({ ...sending, state: 'retry-at', notBefore: later, lastError })
      return undefined
    case 'unknown':
      pending.save({ ...sending, state: 'retry-at', mustVerify: true, notBefore: later, lastError })
      return undefined
    case 'wait':
      pending.save({ ...sending, state: 'retry-at', notBefore: clock.now() + failure.ms, lastError })
      return { ended: 'connection', error }
    case 'refused':
      pending.save({ ...sending, state: 'rejected', lastError })
      return undefined
  }
}
