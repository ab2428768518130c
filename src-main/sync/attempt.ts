import { asForagerError } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { isRefusal } from '#shared/errors/refusal.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Letter as Queued } from '../domain/parcel.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import type { ManyRules, Outcome, StepContext } from './kinds/kind.ts'
import { rulesOf } from './kinds/kind-table.ts'
import { classifyFailure } from './classify-failure.ts'
import { asItLeft, mayComeForMs, momentsOf, notToldYet } from './late.ts'

/** A letter on its way: its decisions as they are now, and as they waited before. */
export type Letter = Queued & { queued: readonly Operation[] }

/** What became of each letter of a parcel. */
export type Delivered = { letter: Letter; outcome: Outcome }[]

/**
 * How many things one request may ask this of. From the third attempt on it is fewer each time: whatever a parcel is too large
 * for, its decisions get through.
 */
export function takesAtOnce(operation: Operation, server: TheHiveServer): number {
  const most = rulesOf(operation).many?.limit(operation, server) ?? 1
  return Math.max(1, most >> (2 * Math.max(0, operation.attempts - 1)))
}

/** Sends a parcel; what may have taken hold before is asked about first. Never throws. */
export async function attempt(letters: readonly Letter[], context: StepContext): Promise<Delivered> {
  const [letter] = letters
  const many = letter && rulesOf(letter.operation).many
  if (letter !== undefined && (letters.length === 1 || many === undefined))
    return [await one(letter, context)]
  return many === undefined ? [] : together(letters, many, context)
}

const resolved = ({ operation }: Letter, { pending }: StepContext): Operation => pending.resolved(operation)

async function one(waiting: Letter, context: StepContext): Promise<Delivered[number]> {
  if (!waiting.operation.mustVerify) return compared(waiting, context)
  const letter = timed(waiting, context)
  const operation = resolved(letter, context)
  const outcome = await outcomeOf(() => rulesOf(operation).probe(operation, context))
  if ('error' in outcome && saysNothing(outcome.error))
    return { letter, outcome: { error: unseen(outcome.error), isUntold: true } }
  const isUndecided = 'notYet' in outcome || ('error' in outcome && outcome.isUntold === true)
  if (!isUndecided || letter.askOnly) return { letter, outcome }
  const forMs = rulesOf(operation).doubles === true ? mayComeForMs(operation, context) : 0
  if (forMs > 0)
    return { letter, outcome: { error: notToldYet('The server may be about to take it.', forMs) } }
  return 'notYet' in outcome ? sentAgain(letter, context) : { letter, outcome }
}

/** Never tried so far: where a look is needed first, what it says counts, and nothing is in doubt when it fails. */
async function compared(letter: Letter, context: StepContext): Promise<Delivered[number]> {
  if (letter.operation.mustCompare !== true) return sent(letter, context)
  const operation = resolved(letter, context)
  const seen = await outcomeOf(() => rulesOf(operation).probe(operation, context))
  return 'notYet' in seen ? sent(letter, context) : { letter, outcome: seen }
}

/**
 * Where this attempt certainly did not happen, the one before it is still what is in doubt: what the server refuses now may be what it took
 * from that one after the look, or is about to take.
 */
async function sentAgain(letter: Letter, context: StepContext): Promise<Delivered[number]> {
  const operation = resolved(letter, context)
  const [again = letter] = firstSentNow([letter], context)
  const delivered = await sent(again, context)
  const { outcome } = delivered
  if (!('error' in outcome) || mayHaveHappened(outcome.error)) return delivered
  const forMs = mayComeForMs(operation, context)
  if (!isRefusal(outcome.error) || forMs === 0) return { letter, outcome }
  const seen = await outcomeOf(() => rulesOf(operation).probe(operation, context))
  if (!('notYet' in seen) && !('error' in seen)) return { letter, outcome: seen }
  return {
    letter,
    outcome: { error: notToldYet('The server may be about to take the first attempt.', forMs) },
  }
}

const mayHaveHappened = (error: ForagerError): boolean =>
  ['unknown', 'stopped'].includes(classifyFailure(error).outcome)

/** Who is not let in to look does not learn whether it took hold. */
const saysNothing = (error: ForagerError): boolean =>
  (error.kind === 'forbidden' || error.kind === 'rejected') && isRefusal(error)

const unseen = (error: ForagerError): ForagerError =>
  new ForagerError(error.kind, error.message, {
    did: 'An earlier attempt may have taken hold, and the server did not let Forager look. Nothing was sent again.',
    next: 'Try again, or look at the server: if the decision took hold there, drop it.',
    ...(error.details && { details: error.details }),
    cause: error,
  })

/** In doubt: when it was tried is put right before anything is told by it. */
const timed = (letter: Letter, context: StepContext): Letter => ({
  ...letter,
  operation: asItLeft(letter.operation, context),
  members: letter.members.map((member) => asItLeft(member, context)),
  queued: letter.queued.map((member) => asItLeft(member, context)),
})

async function sent(letter: Letter, context: StepContext): Promise<Delivered[number]> {
  const operation = resolved(letter, context)
  return { letter, outcome: await outcomeOf(() => rulesOf(operation).send(operation, context)) }
}

/** Whatever was tried before certainly did not happen: the first attempt that may have is the one that follows. */
function firstSentNow(letters: readonly Letter[], context: StepContext): Letter[] {
  const moments = momentsOf(context)
  const again = letters.map((letter) => ({
    ...letter,
    members: letter.members.map((member) => ({ ...member, ...moments })),
    operation: { ...letter.operation, ...moments },
  }))
  context.pending.saveAll(again.flatMap(({ members }) => members))
  return again
}

async function together(
  letters: readonly Letter[],
  many: ManyRules<Operation['kind']>,
  context: StepContext,
): Promise<Delivered> {
  const inDoubt = letters[0]?.operation.mustVerify === true
  const asked = inDoubt ? await outcomesOf(letters, many.probe.bind(many), context) : []
  if (asked === undefined) return byThemselves(letters)
  const settled = asked.filter(({ outcome }) => !('notYet' in outcome))
  const known = new Set(settled.map(({ letter }) => letter))
  const left = letters.filter((letter) => !known.has(letter))
  const [asOne, apart] = [left.filter(({ askOnly }) => !askOnly), left.filter(({ askOnly }) => askOnly)]
  if (asOne.length === 0) return [...settled, ...byThemselves(apart)]
  const leaving = inDoubt ? firstSentNow(asOne, context) : asOne
  const sent = (await outcomesOf(leaving, many.send.bind(many), context)) ?? byThemselves(asOne)
  const told = sent.map((one, at) =>
    isEarly(one, asOne[at], context) ? (byThemselves([one.letter])[0] ?? one) : one,
  )
  return [...settled, ...byThemselves(apart), ...told]
}

/** Refused, while the attempt before may be about to take hold. */
const isEarly = ({ outcome }: Delivered[number], before: Letter | undefined, context: StepContext): boolean =>
  'error' in outcome &&
  isRefusal(outcome.error) &&
  before?.operation.mustVerify === true &&
  mayComeForMs(before.operation, context) > 0

/** A refusal of the whole may be about one of them: each goes by itself then, and names its own reason. */
const byThemselves = (letters: readonly Letter[]): Delivered =>
  letters.map((letter) => ({ letter, outcome: { notYet: true } }))

type Act = ManyRules<Operation['kind']>['send']

/** Undefined: refused as a whole. */
async function outcomesOf(
  letters: readonly Letter[],
  act: Act,
  context: StepContext,
): Promise<Delivered | undefined> {
  try {
    const operations = letters.map((letter) => resolved(letter, context))
    const outcomes = await act(operations, context)
    return letters.map((letter, at) => ({ letter, outcome: outcomes[at] ?? { notYet: true } }))
  } catch (thrown) {
    const error = asForagerError(thrown)
    return isRefusal(error) ? undefined : letters.map((letter) => ({ letter, outcome: { error } }))
  }
}

async function outcomeOf(act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act()
  } catch (thrown) {
    return { error: asForagerError(thrown) }
  }
}
