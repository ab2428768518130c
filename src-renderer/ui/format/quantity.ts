const grouped = new Intl.NumberFormat('en-GB')

/** `100,000`. */
export function count(value: number): string {
  return grouped.format(value)
}

/** `1 alert`, `3 alerts`; give the plural where it is not the word with an s. */
export function plural(value: number, one: string, many: string = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** Bytes as people read them, decimal: `0 B`, `1.5 kB`, `200 MB`. */
export function fileSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000
    unit += 1
  }
  const digits = unit > 0 && value < 9.95 ? 1 : 0
  return `${value.toFixed(digits)} ${units[unit] ?? 'B'}`
}

/** Two letters for a person: from a login, an e-mail address or a full name. */
export function initials(person: string): string {
  const name = person.split('@')[0] ?? person
  const words = name.split(/[\s._-]+/).filter((word) => word !== '')
  const [first, second] = words
  if (!first) return '?'
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2)
  return letters.join('').toUpperCase()
}
