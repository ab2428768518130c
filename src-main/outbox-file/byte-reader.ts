/** Bytes that come in pieces of any size, taken in pieces that are asked for. */
export type ByteReader = {
  /** So many bytes; fewer only at the end. */
  take: (count: number) => Promise<Buffer>
  atEnd: () => Promise<boolean>
}

export function byteReader(source: AsyncIterable<Uint8Array>): ByteReader {
  const pieces = source[Symbol.asyncIterator]()
  let held: Buffer[] = []
  let size = 0

  async function more(): Promise<boolean> {
    const next = await pieces.next()
    if (next.done === true) return false
    held.push(Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength))
    size += next.value.byteLength
    return true
  }

  return {
    async take(count) {
      while (size < count && (await more()));
      const all = held.length === 1 && held[0] !== undefined ? held[0] : Buffer.concat(held)
      const taken = all.subarray(0, count)
      held = [all.subarray(taken.length)]
      size -= taken.length
      return taken
    },
    async atEnd() {
      while (size === 0) if (!(await more())) return true
      return false
    },
  }
}
