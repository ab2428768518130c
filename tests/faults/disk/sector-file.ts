import { Buffer } from 'node:buffer'

/** What a disk writes whole or not at all, bytes. */
export const sectorSize = 512

/** A write of bytes, or of that many zeros; or a new size. */
export type Change = { do: 'write'; at: number; data: Buffer | number } | { do: 'size'; size: number }

/** A file as sectors; one that is absent is zeros. */
export class SectorFile {
  size = 0
  readonly #sectors: Map<number, Buffer>

  constructor(sectors: ReadonlyMap<number, Buffer> = new Map(), size = 0) {
    this.#sectors = new Map(sectors)
    this.size = size
  }

  static of(bytes: Buffer): SectorFile {
    const file = new SectorFile()
    file.apply({ do: 'write', at: 0, data: bytes })
    return file
  }

  /** Sectors are never changed in place, so that copies may share them. */
  copy(): SectorFile {
    return new SectorFile(this.#sectors, this.size)
  }

  /** `takes` chooses which sectors of a write arrive; a change of size arrives whole or not at all. */
  apply(change: Change, takes: () => boolean = () => true): void {
    if (change.do === 'size') {
      if (takes()) this.#resize(change.size)
      return
    }
    const { at, data } = change
    const end = at + (typeof data === 'number' ? data : data.length)
    for (let sector = Math.floor(at / sectorSize); sector * sectorSize < end; sector++) {
      if (typeof data === 'number' && !this.#sectors.has(sector)) continue
      if (takes()) this.#put(sector, at, data)
    }
    if (typeof data === 'number' && takes()) this.size = Math.max(this.size, end)
  }

  *parts(): Generator<{ at: number; bytes: Buffer }> {
    for (const [sector, bytes] of this.#sectors) {
      const at = sector * sectorSize
      if (at < this.size) yield { at, bytes: bytes.subarray(0, Math.min(sectorSize, this.size - at)) }
    }
  }

  #put(sector: number, at: number, data: Buffer | number): void {
    const start = sector * sectorSize
    const from = Math.max(start, at)
    const to = Math.min(start + sectorSize, at + (typeof data === 'number' ? data : data.length))
    const next = Buffer.alloc(sectorSize)
    this.#sectors.get(sector)?.copy(next)
    if (typeof data === 'number') next.fill(0, from - start, to - start)
    else data.copy(next, from - start, from - at, to - at)
    this.#sectors.set(sector, next)
    this.size = Math.max(this.size, to)
  }

  #resize(size: number): void {
    for (const [sector, bytes] of this.#sectors) {
      const start = sector * sectorSize
      if (start >= size) this.#sectors.delete(sector)
      else if (start + sectorSize > size) this.#sectors.set(sector, cutAt(bytes, size - start))
    }
    this.size = size
  }
}

function cutAt(bytes: Buffer, length: number): Buffer {
  const next = Buffer.alloc(sectorSize)
  bytes.copy(next, 0, 0, length)
  return next
}
