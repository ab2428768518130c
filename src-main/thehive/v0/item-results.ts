import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import type { ItemResult } from '../port.ts'

/** Asks for each id alone, one after the other. A failure stays with its id; a lost connection ends the whole. */
export async function oneByOne(
  ids: readonly string[],
  ask: (id: string) => Promise<void>,
): Promise<ItemResult[]> {
  const results: ItemResult[] = []
  for (const id of ids) {
    try {
      await ask(id)
      results.push({ id })
    } catch (thrown) {
      const error = asForagerError(thrown)
      if (concernsAll.has(error.kind)) throw error
      results.push({ id, error: toErrorData(error) })
    }
  }
  return results
}

/** Kinds that say nothing about one item, but that nobody can be asked any more. */
const concernsAll: ReadonlySet<string> = new Set([
  'offline',
  'tls',
  'timeout',
  'cancelled',
  'unauthorised',
  'rate-limited',
])
