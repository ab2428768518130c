import { mkdirSync, openSync, closeSync, ftruncateSync, readdirSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Random } from '#tests/support/alerts/random.ts'
import type { DiskEvent } from './read-trace.ts'
import { SectorFile } from './sector-file.ts'
import type { Change } from './sector-file.ts'

type Inode = { safe: SectorFile; unsynced: Change[] }
type Naming =
  | { do: 'link'; name: string; inode: Inode }
  | { do: 'unlink'; name: string }
  | { do: 'move'; name: string; to: string }

/** What of the unsynced a power cut leaves. */
export type Cut = 'synced-only' | 'all' | 'torn'

/**
 * A disk that keeps what was synced and, of the rest, whatever it likes: any sectors of any writes of any file. Names change in order, as
 * on every journalling file system, but only a sync of the folder makes them last; a file's sync does not.
 */
export class SimulatedDisk {
  readonly #names = new Map<string, Inode>()
  readonly #safeNames = new Map<string, Inode>()
  #unsyncedNames: Naming[] = []

  /** Takes in a folder as it stands, all of it synced. */
  constructor(folder: string) {
    for (const name of readdirSync(folder)) {
      const inode: Inode = { safe: SectorFile.of(readFileSync(join(folder, name))), unsynced: [] }
      this.#names.set(name, inode)
      this.#safeNames.set(name, inode)
    }
  }

  /** False when the event changed nothing that a cut could tell. */
  apply(event: DiskEvent): boolean {
    switch (event.do) {
      case 'said':
        return false
      case 'create':
        return (
          !this.#names.has(event.name) && this.#rename({ do: 'link', name: event.name, inode: emptyInode() })
        )
      case 'unlink':
        return this.#rename({ do: 'unlink', name: event.name })
      case 'rename':
        return this.#rename({ do: 'move', name: event.name, to: event.to })
      case 'sync-folder':
        for (const naming of this.#unsyncedNames) rename(this.#safeNames, naming)
        this.#unsyncedNames = []
        return true
      case 'sync': {
        const inode = this.#inode(event.name)
        for (const change of inode.unsynced) inode.safe.apply(change)
        inode.unsynced = []
        return true
      }
      default:
        this.#inode(event.name).unsynced.push(event)
        return true
    }
  }

  /** Writes what a power cut at this moment may leave into a folder of its own. */
  leave(folder: string, cut: Cut, random: Random): void {
    mkdirSync(folder, { recursive: true })
    const names = new Map(this.#safeNames)
    const kept = { 'synced-only': 0, all: Infinity, torn: random.below(this.#unsyncedNames.length + 1) }[cut]
    for (const naming of this.#unsyncedNames.slice(0, kept)) rename(names, naming)
    for (const [name, { safe, unsynced }] of names) {
      const file = safe.copy()
      if (cut === 'all') for (const change of unsynced) file.apply(change)
      if (cut === 'torn') tear(file, unsynced, random)
      write(join(folder, name), file)
    }
  }

  #inode(name: string): Inode {
    const inode = this.#names.get(name)
    if (inode === undefined) throw new Error(`${name} was written and never created`)
    return inode
  }

  #rename(naming: Naming): true {
    rename(this.#names, naming)
    this.#unsyncedNames.push(naming)
    return true
  }
}

const emptyInode = (): Inode => ({ safe: new SectorFile(), unsynced: [] })

function rename(names: Map<string, Inode>, naming: Naming): void {
  const inode = naming.do === 'link' ? naming.inode : names.get(naming.name)
  names.delete(naming.name)
  if (naming.do === 'unlink' || inode === undefined) return
  names.set(naming.do === 'link' ? naming.name : naming.to, inode)
}

/** Whole writes, single sectors or nothing of each: how much differs from cut to cut. */
function tear(file: SectorFile, unsynced: readonly Change[], random: Random): void {
  const whole = random.next()
  const sector = random.next()
  for (const change of unsynced) {
    if (random.next() < whole) file.apply(change)
    else file.apply(change, () => random.next() < sector)
  }
}

function write(path: string, file: SectorFile): void {
  const handle = openSync(path, 'w')
  try {
    ftruncateSync(handle, file.size)
    for (const { at, bytes } of file.parts()) writeSync(handle, bytes, 0, bytes.length, at)
  } finally {
    closeSync(handle)
  }
}
