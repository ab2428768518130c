/** `5.6.2-1` → [5, 6, 2]; what is missing or unreadable counts as 0. */
export function parseVersion(text: string): [number, number, number] {
  const [major = 0, minor = 0, patch = 0] = (/\d+(\.\d+)*/.exec(text)?.[0] ?? '').split('.').map(Number)
  return [major, minor, patch]
}

/** Whether the version is `wanted` or later, both as text. */
export function atLeast(version: string, wanted: string): boolean {
  const [have, need] = [parseVersion(version), parseVersion(wanted)]
  for (const [at, part] of have.entries()) {
    const other = need[at] ?? 0
    if (part !== other) return part > other
  }
  return true
}

/** Whether the version is earlier than `wanted`; one that cannot be read is not, so that it locks nobody out. */
export const isBefore = (version: string, wanted: string): boolean =>
  /^\d+\.\d+\.\d+/.test(version) && !atLeast(version, wanted)
