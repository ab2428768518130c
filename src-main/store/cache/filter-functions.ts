import type { PlainTextOperator } from '#shared/query/meaning.ts'
import { isInNetwork, parseNetwork } from '#shared/query/network.ts'
import { comparable, passes } from '#shared/query/text-test.ts'
import type { Connection } from '../open-database.ts'
import { separator } from './stored-forms.ts'

/**
 * What SQLite cannot say itself: comparisons of text that fold or know wildcards, and address ranges. `wanted` comes ready
 * for comparing. Absent text passes nothing, so every answer is 0 or 1.
 */
export function addFilterFunctions(db: Connection): void {
  const options = { deterministic: true, directOnly: true }
  db.function('text_passes', options, (op: unknown, wanted: unknown, text: unknown) =>
    typeof text === 'string' &&
    passes(op as PlainTextOperator, String(wanted), comparable(op as PlainTextOperator, text))
      ? 1
      : 0,
  )
  db.function('any_word_passes', options, (op: unknown, wanted: unknown, folded: unknown) =>
    wordsOf(folded).some((word) => passes(op as PlainTextOperator, String(wanted), word)) ? 1 : 0,
  )
  db.function('word_passes', options, (at: unknown, wanted: unknown, folded: unknown) =>
    String(folded).split(separator)[Number(at)]?.includes(String(wanted)) === true ? 1 : 0,
  )
  db.function('in_network', options, (network: unknown, folded: unknown) => {
    const range = parseNetwork(String(network))
    return range !== undefined && wordsOf(folded).some((word) => isInNetwork(word, range)) ? 1 : 0
  })
}

/** The values of one observable, folded. */
const wordsOf = (folded: unknown): string[] =>
  typeof folded === 'string' ? folded.split(separator).filter((word) => word !== '') : []
