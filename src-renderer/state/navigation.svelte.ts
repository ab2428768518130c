export const screens = ['queue', 'cases', 'outbox'] as const
export type Screen = (typeof screens)[number]
/** Where we are; `alertId` is the alert open beside the queue, `caseId` the case open beside the cases. */
export type Place = {
  readonly screen: Screen
  readonly alertId?: string | undefined
  readonly caseId?: string | undefined
}

const home: Place = { screen: 'queue' }
const remembered = 100

/** Places visited, for [ and ]. */
export class Navigation {
  #places = $state.raw<readonly Place[]>([home])
  #at = $state(0)
  readonly place: Place = $derived(this.#places[this.#at] ?? home)
  readonly canGoBack: boolean = $derived(this.#at > 0)
  readonly canGoForward: boolean = $derived(this.#at < this.#places.length - 1)

  go(place: Place): void {
    const { screen, alertId, caseId } = this.place
    if (place.screen === screen && place.alertId === alertId && place.caseId === caseId) return
    const kept = this.#places.slice(0, this.#at + 1).slice(-remembered)
    this.#places = [...kept, place]
    this.#at = kept.length
  }

  /** Moves without leaving a trace: stepping through the queue is not a journey. */
  replace(place: Place): void {
    this.#places = this.#places.with(this.#at, place)
  }

  back(): void {
    if (this.canGoBack) this.#at -= 1
  }

  forward(): void {
    if (this.canGoForward) this.#at += 1
  }

  reset(): void {
    this.#places = [home]
    this.#at = 0
  }
}
