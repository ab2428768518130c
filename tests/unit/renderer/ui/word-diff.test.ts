import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortened, wordDiff } from '../../../../src-renderer/ui/format/word-diff.ts'
import type { DiffPart } from '../../../../src-renderer/ui/format/word-diff.ts'

const side = (diff: readonly DiffPart[], left: DiffPart['kind']) =>
  diff
    .filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join('')

describe('wordDiff', () => {
  it('names what was taken out and what was put in, word by word', () => {
    expect(wordDiff('the host is down', 'the old host is up')).toEqual([
      { kind: 'same', text: 'the ' },
      { kind: 'added', text: 'old ' },
      { kind: 'same', text: 'host is ' },
      { kind: 'removed', text: 'down' },
      { kind: 'added', text: 'up' },
    ])
  })

  it('without what was added it is the text before, without what was removed the text after', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', 'é', '‮'), maxLength: 60 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = wordDiff(before, after)
        expect(side(diff, 'added')).toBe(before)
        expect(side(diff, 'removed')).toBe(after)
      }),
    )
  })

  it('compares lines where there are too many words, and nothing where there are too many lines', () => {
    const words = 'word '.repeat(2_000)
    expect(wordDiff(`${words}\nx\n`, `${words}\ny\n`)).toEqual([
      { kind: 'same', text: `${words}\n` },
      { kind: 'removed', text: 'x\n' },
      { kind: 'added', text: 'y\n' },
    ])
    const lines = 'x\n'.repeat(5_000)
    expect(wordDiff(lines, `${lines}y`).map(({ kind }) => kind)).toEqual(['removed', 'added'])
  })
})

describe('shortened', () => {
  it('leaves out the middle of a long stretch that is the same, and says how much', () => {
    const same = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n')
    const [head, gap, tail] = shortened([{ kind: 'same', text: same }])
    expect(head?.text.startsWith('line 0\n')).toBe(true)
    expect(head?.text.endsWith('\n')).toBe(true)
    expect(tail?.text.endsWith('\nline 99')).toBe(true)
    const shown = [head, tail].map((part) => part?.text.match(/line/g)?.length ?? 0)
    expect(gap).toEqual({ kind: 'left-out', text: `${100 - shown[0]! - shown[1]!} lines unchanged` })
  })

  it('leaves what changed alone, however long', () => {
    const added: DiffPart = { kind: 'added', text: 'x'.repeat(10_000) }
    expect(shortened([added])).toEqual([added])
  })
})
