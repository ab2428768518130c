const sent = new WeakMap<Uint8Array, string>()

/** A page as it travels. */
export function bytesOf(rows: unknown): Uint8Array {
  const text = JSON.stringify(rows)
  const bytes = new Uint8Array(text.length)
  sent.set(bytes, text)
  return bytes
}

/** What a page says: values of the reader's own, as after any parsing. */
export const rowsOf = <T>(bytes: Uint8Array): T[] => JSON.parse(sent.get(bytes) ?? '[]') as T[]
