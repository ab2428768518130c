import { needleOf, shortestWord as gramLength } from '#shared/query/text-test.ts'

/** Enough to leave few false candidates; every candidate is compared with the whole text anyway. */
const gramLimit = 16

/** What is looked for: as a substring of the folded text, with trigrams where it is long enough to have any. */
export type TextNeedle =
  | { kind: 'none' }
  /** Below three characters there is no trigram to look up. */
  | { kind: 'short'; folded: string }
  /** `match` is an FTS5 expression of quoted trigrams only: nothing typed can be read as its grammar. */
  | { kind: 'grams'; match: string; folded: string }

export function textNeedle(text: string): TextNeedle {
  const folded = needleOf(text)
  if (folded === '') return { kind: 'none' }
  const characters = [...folded]
  if (characters.length < gramLength) return { kind: 'short', folded }
  const match = spread(gramsOf(characters)).map(quoted).join(' AND ')
  return { kind: 'grams', match, folded }
}

function gramsOf(characters: readonly string[]): string[] {
  const starts = characters.slice(0, characters.length - gramLength + 1)
  return [...new Set(starts.map((_, at) => characters.slice(at, at + gramLength).join('')))]
}

/** Evenly over the whole needle: neighbours say nearly the same. */
function spread(grams: readonly string[]): string[] {
  if (grams.length <= gramLimit) return [...grams]
  const stride = grams.length / gramLimit
  return grams.filter((_, at) => Math.floor(at / stride) !== Math.floor((at - 1) / stride))
}

const quoted = (gram: string): string => `"${gram.replaceAll('"', '""')}"`
