/** What of a keyboard event a chord looks at. */
export type KeyStroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** A key as actions write it: `j`, `?`, `Enter`, `Shift+X`, `Mod+k`, or two strokes: `g i`. Mod is ⌘ on a Mac, Ctrl elsewhere. */
export type Chord = string

/** The stroke in chord spelling. Shift is named only with letters: `?` already says how it was typed. */
export function strokeName(stroke: KeyStroke, mac: boolean): string {
  const mod = mac ? stroke.metaKey : stroke.ctrlKey
  const other = mac ? stroke.ctrlKey : stroke.metaKey
  const letter = /^[a-z]$/i.test(stroke.key)
  const named = stroke.key.length > 1
  const shift = stroke.shiftKey && (letter || named)
  const key = letter ? (shift && !mod ? stroke.key.toUpperCase() : stroke.key.toLowerCase()) : stroke.key
  const parts = [
    other && (mac ? 'Ctrl' : 'Meta'),
    mod && 'Mod',
    stroke.altKey && 'Alt',
    shift && 'Shift',
    key,
  ]
  return parts.filter((part) => part !== false).join('+')
}

/** What one stroke did: nothing, began a two-stroke chord, or completed one. */
export type ChordStep = { kind: 'none' } | { kind: 'begun'; first: string } | { kind: 'done'; chord: Chord }

/**
 * One step of the reader: `begun` is the first stroke waiting, if any. A stroke that does not complete the waiting chord
 * is read afresh, so a mistyped G never swallows the next key.
 */
export function readStroke(name: string, begun: string | undefined, chords: ReadonlySet<Chord>): ChordStep {
  if (begun !== undefined && chords.has(`${begun} ${name}`))
    return { kind: 'done', chord: `${begun} ${name}` }
  if (chords.has(name)) return { kind: 'done', chord: name }
  for (const chord of chords) if (chord.startsWith(`${name} `)) return { kind: 'begun', first: name }
  return { kind: 'none' }
}

const symbols: Record<string, string> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ' ': 'Space',
  Delete: 'Del',
}

/** The space bar is a stroke of its own. */
const strokesOf = (chord: Chord): string[] => (chord === ' ' ? [chord] : chord.split(' '))

/** A chord as keycaps to draw: `Mod+k` → `⌘`, `K`. */
export function keycaps(chord: Chord, mac: boolean): string[] {
  return strokesOf(chord).flatMap((stroke) =>
    (stroke === '+' ? ['+'] : stroke.split('+')).map((part) => {
      if (part === 'Mod') return mac ? '⌘' : 'Ctrl'
      if (part === 'Shift') return mac ? '⇧' : 'Shift'
      if (part === 'Alt') return mac ? '⌥' : 'Alt'
      return symbols[part] ?? (part.length === 1 ? part.toUpperCase() : part)
    }),
  )
}

/** The chord for `aria-keyshortcuts`. Two-stroke chords have no spelling there and are left out. */
export function ariaKeys(chord: Chord, mac: boolean): string | undefined {
  if (strokesOf(chord).length > 1) return undefined
  return chord === ' ' ? 'Space' : chord.replace('Mod', mac ? 'Meta' : 'Control')
}
