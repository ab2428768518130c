/** A pointer that has not moved for so long aims at nothing, ms. */
const restMs = 1_000
/** What came under a pointer that rests takes no click for so long: it was meant for what stood there before. ms */
const settleMs = 400

const lineAt = ({ target }: Event): string | undefined =>
  target instanceof Element ? target.closest<HTMLElement>('[data-line]')?.dataset['line'] : undefined

/**
 * Watches whether a pointer aims at lines of a list, and keeps a click from what slid under it. Answers how to stop; `onaim` is
 * told when the aiming begins and ends.
 */
export function watchAim(list: HTMLElement, onaim: (aims: boolean) => void): () => void {
  let aims = false
  let resting: ReturnType<typeof setTimeout> | undefined
  let under: string | undefined
  /** When what is under the pointer came there by itself; by the hand: long ago. */
  let since = -Infinity
  let wheeledAt = -Infinity

  const tell = (now: boolean) => {
    if (now !== aims) onaim((aims = now))
  }
  const rest = () => {
    clearTimeout(resting)
    tell(false)
  }
  /** Pressed, it aims until it is let go. */
  const used = ({ buttons }: PointerEvent) => {
    clearTimeout(resting)
    if (buttons === 0) resting = setTimeout(rest, restMs)
    tell(true)
  }
  const moved = (event: PointerEvent) => {
    under = lineAt(event)
    since = -Infinity
    used(event)
  }
  const slid = (event: Event) => {
    if (lineAt(event) === under) return
    under = lineAt(event)
    since = event.timeStamp - wheeledAt < settleMs ? -Infinity : event.timeStamp
  }
  const clicked = (event: MouseEvent) => {
    // By a key: no place is meant.
    if (event.detail === 0) return
    slid(event)
    if (event.timeStamp - since >= settleMs) return
    event.preventDefault()
    event.stopPropagation()
  }

  const ended = new AbortController()
  const { signal } = ended
  list.addEventListener('pointermove', moved, { signal })
  list.addEventListener('pointerdown', used, { signal })
  list.addEventListener('pointerup', used, { signal })
  list.addEventListener('pointercancel', rest, { signal })
  list.addEventListener('pointerover', slid, { signal })
  list.addEventListener('pointerleave', rest, { signal })
  list.addEventListener('wheel', (event) => (wheeledAt = event.timeStamp), { signal, passive: true })
  list.addEventListener('click', clicked, { signal, capture: true })
  return () => {
    ended.abort()
    rest()
  }
}
