import { diffIndices } from 'node-diff3'

export type DiffPart = { kind: 'same' | 'added' | 'removed' | 'left-out'; text: string }

/** Beyond so many words lines are compared, beyond so many lines nothing is: the page must not stand still. */
const mostTokens = 3_000
/** Of a longer stretch that is the same on both sides only the ends are shown. */
const shownSame = 160

/** What became of a text, word by word: removed parts before added ones. */
export function wordDiff(before: string, after: string): DiffPart[] {
  const tokens = [wordsOf, linesOf].find((split) => split(before).length + split(after).length <= mostTokens)
  if (tokens === undefined) return parts('removed', before).concat(parts('added', after))
  const [a, b] = [tokens(before), tokens(after)]
  const out: DiffPart[] = []
  let at = 0
  for (const { buffer1, buffer2Content } of diffIndices(a, b) as Change[]) {
    const [start, length] = buffer1
    out.push(...parts('same', a.slice(at, start).join('')))
    out.push(...parts('removed', a.slice(start, start + length).join('')))
    out.push(...parts('added', buffer2Content.join('')))
    at = start + length
  }
  return [...out, ...parts('same', a.slice(at).join(''))]
}

/** The same with long unchanged stretches cut down to their ends. */
export function shortened(diff: readonly DiffPart[]): DiffPart[] {
  return diff.flatMap((part): DiffPart[] => {
    if (part.kind !== 'same' || part.text.length <= 3 * shownSame) return [part]
    const head = part.text.slice(0, lineEnd(part.text.slice(0, shownSame)))
    const tail = part.text.slice(-shownSame).replace(/^[^\n]*\n/, '')
    const lines = part.text.slice(head.length, part.text.length - tail.length).split('\n').length - 1
    return [
      { kind: 'same', text: head },
      { kind: 'left-out', text: lines > 1 ? `${lines} lines unchanged` : 'unchanged' },
      { kind: 'same', text: lines > 1 ? `\n${tail}` : tail },
    ]
  })
}

/** Behind the last line break, or all of it. */
const lineEnd = (text: string): number => (text.includes('\n') ? text.lastIndexOf('\n') + 1 : text.length)

type Change = { buffer1: [start: number, length: number]; buffer2Content: string[] }

/** A word with the space behind it; a line break is a word of its own. */
const wordsOf = (text: string): string[] => text.match(/\n|[^\s]+[^\S\n]*|[^\S\n]+/g) ?? []
const linesOf = (text: string): string[] => text.split(/(?<=\n)/)

const parts = (kind: DiffPart['kind'], text: string): DiffPart[] => (text === '' ? [] : [{ kind, text }])
