import type { Technique } from '#shared/model/procedure.ts'

const shownAtMost = 60

/** `initial-access` as people read it: `Initial access`. */
export function tacticName(tactic: string): string {
  const words = tactic.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * Techniques for what was typed, by id, name or tactic; every word must be found. An exact id comes first, then ids and
 * names that begin with it, then the rest in the catalogue's order.
 */
export function findTechniques(techniques: readonly Technique[], typed: string): Technique[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const [first] = words
  if (first === undefined) return techniques.slice(0, shownAtMost)
  const rank = (one: Technique): number => {
    const id = one.patternId.toLowerCase()
    if (id === first) return 0
    if (id.startsWith(first)) return 1
    return one.name.toLowerCase().startsWith(first) ? 2 : 3
  }
  const text = (one: Technique) =>
    `${one.patternId} ${one.name} ${one.tactics.join(' ')} ${one.tactics.map(tacticName).join(' ')}`.toLowerCase()
  return techniques
    .filter((one) => words.every((word) => text(one).includes(word)))
    .map((one, index) => ({ one, index, rank: rank(one) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, shownAtMost)
    .map(({ one }) => one)
}
