import { diff3Merge } from 'node-diff3'

/** Beyond this, comparing would hold up the thread: such texts are compared as a whole. */
const mostLength = 200_000
const mostLines = 4_000

type ThreeTexts = { base: string; mine: string; theirs: string }

/**
 * Both edits in one text, when they are in different places; undefined when they touch the same lines, or neighbouring ones.
 * Line ends are theirs.
 */
export function mergeText({ base, mine, theirs }: ThreeTexts): string | undefined {
  if (mine === theirs || theirs === base) return mine
  if (mine === base) return theirs
  const [a, o, b] = [linesOf(mine), linesOf(base), linesOf(theirs)]
  if ([mine, base, theirs].some(({ length }) => length > mostLength)) return undefined
  if ([a, o, b].some(({ length }) => length > mostLines)) return undefined
  const regions = diff3Merge(a, o, b, { excludeFalseConflicts: true }) as Region[]
  if (regions.some(({ ok }) => ok === undefined)) return undefined
  return regions.flatMap(({ ok }) => ok ?? []).join(theirs.includes('\r\n') ? '\r\n' : '\n')
}

/** A region without `ok` is one both sides changed differently. */
type Region = { ok?: string[] }

const linesOf = (text: string): string[] => text.split(/\r?\n/)
