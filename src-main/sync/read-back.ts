import { asForagerError } from '#shared/errors/convert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { classifyFailure } from './classify-failure.ts'
import type { StepContext } from './kinds/kind.ts'
import { rulesOf } from './kinds/kind-table.ts'

/** Decisions of one kind about one alert: reading it once is enough. */
type Visit = readonly [Operation, ...Operation[]]

/** Most alerts that are asked for in one request. */
const mostAtOnce = 100

/**
 * The server has these: base is brought up to what it has now, and only then the fold forgets them. If it cannot be read just
 * now, the fold goes on showing them until it can.
 */
export async function readBack(sent: readonly Operation[], context: StepContext): Promise<void> {
  // Their own ids may have been mapped only by the answer.
  const resolved = sent.map((operation) => context.pending.resolved(operation))
  const byKind = Map.groupBy(visitsOf(resolved), ([first]) => first.kind)
  for (const visits of byKind.values()) {
    for (let at = 0; at < visits.length; at += mostAtOnce)
      await readTogether(visits.slice(at, at + mostAtOnce), context)
  }
}

function visitsOf(operations: readonly Operation[]): Visit[] {
  const groups = Map.groupBy(operations, ({ kind, alertId }) => `${kind} ${alertId}`)
  return [...groups.values()].map((group) => group as unknown as Visit)
}

async function readTogether(visits: readonly Visit[], context: StepContext): Promise<void> {
  const [first] = visits
  const many = first && rulesOf(first[0]).many
  const last = visits.flatMap((visit) => visit.at(-1) ?? [])
  if (many?.refresh !== undefined && visits.length > 1) {
    const together = () => many.refresh?.(last, context) ?? Promise.resolve()
    if (await isRead(together)) return paid(visits, context)
  }
  for (const visit of visits) {
    const [operation] = visit
    if (await isRead(() => rulesOf(operation).refresh(operation, context))) await paid([visit], context)
  }
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

async function paid(visits: readonly Visit[], { pending }: StepContext): Promise<void> {
  for (const operation of visits.flat()) pending.paid(operation)
  await pending.refold(...visits.map(([{ alertId }]) => alertId))
}
