/** A line that comes into the page is measured within a few frames; hidden until then, it cannot take the keyboard. */
const framesToMeasure = 20
/** In sight for so many frames, nothing near it is measured any more. */
const framesToSettle = 3
/** By these somebody scrolls. */
const byHand = ['wheel', 'pointerdown', 'touchmove', 'keydown'] as const

/**
 * Brings a line of the port into sight and gives it the keyboard as soon as it can take it; until then the port has it, so that no
 * key is lost. Whoever scrolls meanwhile is not thrown back: from then on the line only gets the keyboard. (The virtualizer's own
 * scrolling would: it repeats itself whenever a line is measured, until none was for 150 ms.)
 */
export async function reachLine(port: HTMLElement, id: string, isWanted: () => boolean): Promise<void> {
  const ended = new AbortController()
  let scrolled = false
  for (const kind of byHand)
    port.addEventListener(kind, () => (scrolled = true), { signal: ended.signal, passive: true })
  // Given once: whoever has it next keeps it.
  let given = false
  let settled = 0
  for (let frame = 0; frame < framesToMeasure && settled < framesToSettle && isWanted(); frame += 1) {
    const line = port.querySelector<HTMLElement>(`[data-line="${CSS.escape(id)}"]`)
    if (!scrolled) line?.scrollIntoView({ block: 'nearest' })
    given ||= line !== null && giveKeyboard(port, line)
    if (given) settled += 1
    await new Promise(requestAnimationFrame)
  }
  ended.abort()
}

/** Whether the line has it now, or something in it. */
function giveKeyboard(port: HTMLElement, line: HTMLElement): boolean {
  if (line.contains(document.activeElement)) return true
  line.focus({ preventScroll: true })
  if (line.contains(document.activeElement)) return true
  if (document.activeElement !== port) port.focus({ preventScroll: true })
  return false
}
