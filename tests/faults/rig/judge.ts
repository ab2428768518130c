import type { Decision } from '../scenarios/scenario.ts'
import type { Analyst } from './analyst.ts'
import { compareEffects, effectsOf } from './effects.ts'
import type { Effects } from './effects.ts'

/** `untrue`: what the analyst is told is not so. */
export type Wrong = { how: 'lost' | 'repeated' | 'stuck' | 'untrue'; why: string }

type Counting = {
  wanted: Effects
  found: Readonly<Record<string, number>>
  /** What somebody else than Forager may have doubled: things without a key, or mere effects. */
  allowed?: { keyless: boolean; again: boolean }
}

/** What server, outbox and copy have of decisions that should have taken hold once each. */
export function wrongIn(
  analyst: Pick<Analyst, 'outbox' | 'writer' | 'book'>,
  decisions: readonly Decision[],
  counting: Counting,
): Wrong | undefined {
  const isCut = (one: Decision): boolean =>
    one.leftUndone?.test(analyst.outbox.get(one.operation.id)?.receipt?.note ?? '') === true
  const found = decisions.map(
    (one) => shown(one, { ...counting, cut: isCut(one) }) ?? receiptIsUntrue(analyst, one),
  )
  return found.find((wrong) => wrong !== undefined) ?? miscounted(counting, decisions.some(isCut))
}

function shown(
  { times, madeIds }: Decision,
  { allowed, cut }: Counting & { cut: boolean },
): Wrong | undefined {
  const count = cut ? (madeIds?.().length ?? 0) : times()
  if (count === 0) return { how: 'lost', why: 'the server does not show it' }
  if (count !== 1 && allowed?.keyless !== true)
    return { how: 'repeated', why: `the server shows it ${count} times` }
  return undefined
}

function miscounted({ wanted, found, allowed }: Counting, cut: boolean): Wrong | undefined {
  const { lacking, tooMany } = compareEffects(wanted, effectsOf(found))
  if (lacking.length > 0 && !cut) return { how: 'lost', why: `lacking: ${lacking.join(', ')}` }
  if (tooMany.length > 0 && allowed?.again !== true)
    return { how: 'repeated', why: `too often: ${tooMany.join(', ')}` }
  return undefined
}

/** Whether the outbox, the receipt and the copy say what the server has. */
function receiptIsUntrue(
  { outbox, writer, book }: Pick<Analyst, 'outbox' | 'writer' | 'book'>,
  { operation, madeIds }: Decision,
): Wrong | undefined {
  const kept = outbox.get(operation.id)
  if (kept?.receipt === undefined || kept.state !== 'sent')
    return { how: 'lost', why: `the outbox has it as ${kept?.state ?? 'nothing'}` }
  const made = madeIds?.()
  if (made?.includes(kept.receipt.serverId) === false)
    return { how: 'untrue', why: `the receipt names ${kept.receipt.serverId}, the server ${made.join()}` }
  const { base, effective } = writer.alert(book.resolveId(operation.alertId))
  return JSON.stringify(base) === JSON.stringify(effective)
    ? undefined
    : { how: 'untrue', why: 'the copy still shows it as pending' }
}
