export const shortestPassphrase = 8
const goodLength = 16

export type Strength = { enough: boolean; hint: string }

/** A hint, not a gate beyond the shortest length: length is what makes a passphrase strong. */
export function passphraseStrength(passphrase: string): Strength {
  const { length } = [...passphrase]
  if (length === 0)
    return { enough: false, hint: `At least ${shortestPassphrase} characters; four or five words are best.` }
  if (length < shortestPassphrase)
    return { enough: false, hint: `${shortestPassphrase - length} more characters needed.` }
  if (new Set(passphrase).size < 5) return { enough: true, hint: 'Weak: it repeats a few characters.' }
  if (length < goodLength) return { enough: true, hint: 'Fair. A few more words would make it strong.' }
  return { enough: true, hint: 'Strong.' }
}
