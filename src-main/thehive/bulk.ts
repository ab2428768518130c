import { afterPart } from '#shared/errors/after-taken.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ItemResult } from './port.ts'

/** One kind of bulk call, and what tells more when it is refused. */
export type Bulk = {
  /** All or nothing (api.md §10.12). */
  send: (ids: readonly string[]) => Promise<void>
  /** One alone. */
  one: (id: string) => Promise<void>
  /** Which of them the server still has. */
  there: (ids: readonly string[]) => Promise<ReadonlySet<string>>
  /** What it means that it is gone: undefined counts as done. */
  gone: (id: string) => ForagerError | undefined
}

/**
 * A result an id, in the order asked. When the server refuses the whole, each id is looked up first: what is gone is told,
 * the rest is sent again as one, and only what is refused once more goes one by one, so that a single bad one names itself
 * and holds up no other. Every step may be repeated without harm.
 * @throws ForagerError for anything but a refusal: then nothing is known of any of them; of unknown outcome where some may
 *   have been done
 */
export async function inBulk(ids: readonly string[], bulk: Bulk): Promise<ItemResult[]> {
  const wanted = [...new Set(ids)]
  if (wanted.length === 0) return []
  if ((await refusalOf(() => bulk.send(wanted))) === undefined) return ids.map((id) => ({ id }))
  const results = await afterPart(() => eachKnown(wanted, bulk))
  return ids.map((id) => results.get(id) ?? { id })
}

async function eachKnown(wanted: readonly string[], bulk: Bulk): Promise<ReadonlyMap<string, ItemResult>> {
  const results = new Map<string, ItemResult>()
  const present: string[] = []
  const there = await bulk.there(wanted)
  for (const id of wanted) {
    if (there.has(id)) present.push(id)
    else results.set(id, result(id, bulk.gone(id)))
  }
  const rest = present.length < wanted.length && present.length > 0 ? await settle(present, bulk) : undefined
  for (const each of rest ?? (await oneByOne(present, bulk.one))) results.set(each.id, each)
  return results
}

async function settle(ids: readonly string[], bulk: Bulk): Promise<ItemResult[]> {
  if ((await refusalOf(() => bulk.send(ids))) === undefined) return ids.map((id) => ({ id }))
  return oneByOne(ids, bulk.one)
}

/** Fewer than this are looked up one by one, which tells for sure at once. */
const worthAList = 10

/** Those that a list names, where one is worth its while; who is not in it is looked up: absence is not believed from a list. */
export async function lookedUp(
  ids: readonly string[],
  has: (id: string) => Promise<boolean>,
  list?: (ids: readonly string[]) => Promise<readonly { id: string }[]>,
): Promise<ReadonlySet<string>> {
  const listed = list !== undefined && ids.length >= worthAList ? await list(ids) : []
  const there = new Set(listed.map(({ id }) => id))
  for (const id of ids) if (!there.has(id) && (await has(id))) there.add(id)
  return there
}

/**
 * Where there is no bulk call: each alone, a refusal staying with its id.
 * @throws ForagerError for anything but a refusal; of unknown outcome once one was done
 */
export async function oneByOne(
  ids: readonly string[],
  one: (id: string) => Promise<void>,
): Promise<ItemResult[]> {
  const results: ItemResult[] = []
  for (const id of ids) {
    const ask = () => refusalOf(() => one(id))
    const isFirst = results.every(({ error }) => error !== undefined)
    results.push(result(id, await (isFirst ? ask() : afterPart(ask))))
  }
  return results
}

const result = (id: string, refusal: ForagerError | undefined): ItemResult =>
  refusal === undefined ? { id } : { id, error: toErrorData(refusal) }

const refusals: ReadonlySet<string> = new Set(['rejected', 'not-found', 'conflict'])

/** The refusal TheHive itself gave; undefined when there was none. Whatever else went wrong is thrown. */
async function refusalOf(act: () => Promise<unknown>): Promise<ForagerError | undefined> {
  try {
    await act()
    return undefined
  } catch (thrown) {
    const refused =
      thrown instanceof ForagerError &&
      refusals.has(thrown.kind) &&
      thrown.details?.['serverType'] !== undefined
    if (refused) return thrown
    throw thrown
  }
}

/** What one bulk request asks of a server at most: an answer within seconds, and little in doubt when none comes. */
export const bulkLimit = 100
/** TheHive 5 merges no more at once since 5.5.6 (api.md §6.1); nothing is won by asking an older one for more. */
export const mergeLimit = 50
