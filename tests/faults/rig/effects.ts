/** How often each effect took hold, whatever the ids and numbers in it. */
export type Effects = ReadonlyMap<string, number>

/** Ids, hashes and running numbers differ from one run to the next. */
const named = (effect: string): string => effect.replace(/~?[\w-]{20,}|~?\d+/g, '#')

export function effectsOf(counted: Readonly<Record<string, number>>): Effects {
  const effects = new Map<string, number>()
  for (const [key, count] of Object.entries(counted))
    effects.set(named(key), (effects.get(named(key)) ?? 0) + count)
  return effects
}

/** Effects there should have been (more of), and those there were too often. */
export function compareEffects(wanted: Effects, found: Effects): { lacking: string[]; tooMany: string[] } {
  const keys = [...new Set([...wanted.keys(), ...found.keys()])]
  const difference = (key: string): number => (found.get(key) ?? 0) - (wanted.get(key) ?? 0)
  return {
    lacking: keys.filter((key) => difference(key) < 0),
    tooMany: keys.filter((key) => difference(key) > 0),
  }
}
