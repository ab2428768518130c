import { asForagerError } from '#shared/errors/convert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { mergedEdit } from '../domain/merged-edit.ts'
import { readInOrder } from '../domain/read-in-order.ts'
import { classifyFailure } from './classify-failure.ts'
import type { StepContext } from './kinds/kind.ts'
import { rulesOf } from './kinds/kind-table.ts'

/** Decisions of one kind about one alert: reading it once is enough. */
type Visit = readonly [Operation, ...Operation[]]

/** Most alerts that are asked for in one request. */
const mostAtOnce = 100

/**
 * The server has these: base is brought up to what it has now, and only then the fold forgets them. If it cannot be read just
 * now, the fold goes on showing them until it can; what of the same alerts and cases could not be read before is read again.
 */
export async function readBack(sent: readonly Operation[], context: StepContext): Promise<void> {
  const { pending } = context
  const about = new Set(sent.map(({ alertId }) => pending.resolveId(alertId)))
  // Their own ids may have been mapped only by the answer.
  const owed = pending.owed().map((operation) => pending.resolved(operation))
  const byKind = Map.groupBy(
    visitsOf(owed.filter(({ alertId }) => about.has(alertId))),
    ([first]) => first.kind,
  )
  const read = new Set<string>()
  for (const visits of byKind.values()) {
    for (let at = 0; at < visits.length; at += mostAtOnce)
      await readTogether(visits.slice(at, at + mostAtOnce), read, context)
  }
}

function visitsOf(operations: readonly Operation[]): Visit[] {
  const groups = Map.groupBy(operations, ({ kind, alertId }) => `${kind} ${alertId}`)
  return [...groups.values()].map((group) => group as unknown as Visit)
}

async function readTogether(
  visits: readonly Visit[],
  read: Set<string>,
  context: StepContext,
): Promise<void> {
  const [first] = visits
  const many = first && rulesOf(first[0]).many
  const asked = visits.filter((visit) => asOne(visit) !== undefined)
  const done = new Set<Visit>()
  if (many?.refresh !== undefined && asked.length > 1) {
    const wanted = asked.flatMap((visit) => asOne(visit) ?? [])
    const together = () => many.refresh?.(wanted, context) ?? Promise.resolve()
    if (await isRead(together)) {
      for (const visit of asked) done.add(visit)
      await paid(asked, read, context)
    }
  }
  for (const visit of visits.filter((one) => !done.has(one))) {
    const [operation] = visit
    if (await isRead(() => rulesOf(operation).refresh(operation, context))) await paid([visit], read, context)
  }
}

/** What all of them want of the alert, by which a list that may be late is judged. Undefined where no one change says it. */
function asOne([first, ...others]: Visit): Operation | undefined {
  return others.reduce<Operation | undefined>((one, next) => one && mergedEdit(one, next), first)
}

/** False: an answer that cannot be read, or a refusal to read. It concerns these alone and must not hold up the others. */
async function isRead(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read()
    return true
  } catch (thrown) {
    const error = asForagerError(thrown)
    if (error.kind === 'unexpected-shape' || classifyFailure(error).outcome === 'refused') return false
    throw error
  }
}

async function paid(visits: readonly Visit[], read: Set<string>, { pending }: StepContext): Promise<void> {
  for (const { id } of visits.flat()) read.add(id)
  const about = new Set(visits.map(([{ alertId }]) => alertId))
  const owed = pending.owed().map((operation) => pending.resolved(operation))
  const mine = owed.filter(({ alertId }) => about.has(alertId))
  for (const operation of readInOrder(mine, ({ id }) => read.has(id))) pending.paid(operation)
  await pending.refold(...about)
}
