import type { Process } from '../wire.ts'

/** A process may be given a fuse: so many more crossings, and it is dead. */
export class Life implements Process {
  alive = true
  readonly now: () => number
  /** Crossings left to live. */
  fuse = Infinity

  constructor(now: () => number) {
    this.now = now
  }

  cross(): boolean {
    if (!this.alive) return false
    this.fuse -= 1
    if (this.fuse < 0) this.alive = false
    return this.alive
  }

  die(): void {
    this.alive = false
  }
}
