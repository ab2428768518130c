import { describe, expect, it } from 'vitest'
import { ariaKeys, keycaps, readStroke, strokeName } from '../../../../src-renderer/ui/keys/chord.ts'
import type { KeyStroke } from '../../../../src-renderer/ui/keys/chord.ts'

const stroke = (key: string, more: Partial<KeyStroke> = {}): KeyStroke => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
})

describe('strokes', () => {
  it('names letters, signs and keys the way actions write them', () => {
    expect(strokeName(stroke('j'), false)).toBe('j')
    expect(strokeName(stroke('X', { shiftKey: true }), false)).toBe('Shift+X')
    expect(strokeName(stroke('?', { shiftKey: true }), false)).toBe('?')
    expect(strokeName(stroke('Enter', { shiftKey: true }), false)).toBe('Shift+Enter')
  })

  it('ignores caps lock, which is no decision', () => {
    expect(strokeName(stroke('J'), false)).toBe('j')
  })

  it('calls the platform’s own command key Mod and tells the other one apart', () => {
    expect(strokeName(stroke('k', { ctrlKey: true }), false)).toBe('Mod+k')
    expect(strokeName(stroke('k', { metaKey: true }), true)).toBe('Mod+k')
    expect(strokeName(stroke('k', { ctrlKey: true }), true)).toBe('Ctrl+k')
    expect(strokeName(stroke('c', { ctrlKey: true }), false)).not.toBe('c')
  })
})

describe('keycaps', () => {
  it('name the space bar, and each stroke of two', () => {
    expect(keycaps(' ', false)).toEqual(['Space'])
    expect(ariaKeys(' ', false)).toBe('Space')
    expect(keycaps('g g', false)).toEqual(['G', 'G'])
  })
})

describe('chords', () => {
  const chords = new Set(['j', 'g i', 'g o', 'c'])

  it('waits after a first stroke and completes with the second', () => {
    expect(readStroke('g', undefined, chords)).toEqual({ kind: 'begun', first: 'g' })
    expect(readStroke('o', 'g', chords)).toEqual({ kind: 'done', chord: 'g o' })
  })

  it('reads a stroke afresh when it does not complete the chord', () => {
    expect(readStroke('c', 'g', chords)).toEqual({ kind: 'done', chord: 'c' })
    expect(readStroke('q', 'g', chords)).toEqual({ kind: 'none' })
  })

  it('draws keycaps for each platform', () => {
    expect(keycaps('Mod+k', true)).toEqual(['⌘', 'K'])
    expect(keycaps('Mod+k', false)).toEqual(['Ctrl', 'K'])
    expect(keycaps('g i', false)).toEqual(['G', 'I'])
    expect(keycaps('+', false)).toEqual(['+'])
    expect(ariaKeys('Mod+k', false)).toBe('Control+k')
    expect(ariaKeys('g i', false)).toBeUndefined()
  })
})
