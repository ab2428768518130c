import { SvelteSet } from 'svelte/reactivity'
import type { Observable } from '#shared/model/observable.ts'

/** Which observables of the open alert are chosen, to be changed together. */
export class ObservableSelect {
  readonly chosen = new SvelteSet<string>()
  #anchor: string | undefined

  /** One more or one less; with Shift, everything from the last one touched. */
  toggle(id: string, shift: boolean, all: readonly Observable[]): void {
    const from = all.findIndex((one) => one.id === this.#anchor)
    const to = all.findIndex((one) => one.id === id)
    if (shift && from >= 0 && to >= 0)
      for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) this.chosen.add(one.id)
    else if (!this.chosen.delete(id)) this.chosen.add(id)
    this.#anchor = id
  }

  toggleAll(all: readonly Observable[]): void {
    if (this.chosen.size < all.length) for (const one of all) this.chosen.add(one.id)
    else this.chosen.clear()
  }

  /** The chosen ones that are still there, in the order shown. */
  among(all: readonly Observable[]): Observable[] {
    return all.filter((one) => this.chosen.has(one.id))
  }
}
