import type { Action } from '../../state/action.ts'
import { isOffered, runAction, titleOf } from '../../state/app.ts'
import type { App } from '../../state/app.ts'
import { readStroke, strokeName } from '../../ui/keys/chord.ts'
import { takesText } from '../../ui/keys/takes-text.ts'

/** How long G waits for its second key (ms). */
const secondStrokeMs = 1_500
const everywhere: ReadonlySet<string> = new Set(['Mod+k', 'Escape'])

/** Also where a button that was just disabled has dropped the keyboard. */
const isDialogInFront = (page: Document): boolean =>
  page.querySelector('[role="dialog"][aria-modal="true"]') !== null

/** Enter on a button presses the button; a dialog or a menu in front has all keys. */
function belongsToTarget(event: KeyboardEvent): boolean {
  if (!(event.target instanceof HTMLElement)) return false
  if (event.target.closest('[role="dialog"], [role="menu"]') !== null) return true
  return event.key === 'Enter' && event.target.closest('button, a, summary, [role="tab"]') !== null
}

/** Pressing a key that may not act is answered, for decisions: silence would look like done. */
function press(app: App, action: Action): void {
  const allowed = action.enabled(app)
  if (allowed !== true && action.group === 'Triage' && isOffered(app, action))
    app.problems.tell(`${titleOf(app, action)}: not possible`, allowed)
  else void runAction(app, action)
}

export function chordsOf(actions: readonly Action[]): Map<string, Action> {
  const map = new Map<string, Action>()
  for (const action of actions) for (const key of action.keys) map.set(key, action)
  return map
}

/** Listens for the keys of all actions. Answers how to stop. */
export function listenForKeys(app: App, target: Window): () => void {
  const actions = chordsOf(app.actions)
  const chords = new Set(actions.keys())
  let begun: string | undefined
  let timer: ReturnType<typeof setTimeout> | undefined

  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || belongsToTarget(event)) return
    const name = strokeName(event, app.mac)
    if (!app.profile.open || app.dialogs.open || isDialogInFront(target.document)) return
    if (takesText(event.target) && !everywhere.has(name)) return
    const step = readStroke(name, begun, chords)
    clearTimeout(timer)
    begun = step.kind === 'begun' ? step.first : undefined
    if (begun !== undefined) timer = setTimeout(() => (begun = undefined), secondStrokeMs)
    if (step.kind !== 'done') return
    event.preventDefault()
    const action = actions.get(step.chord)
    if (action) press(app, action)
  }
  target.addEventListener('keydown', onKey)
  return () => {
    clearTimeout(timer)
    target.removeEventListener('keydown', onKey)
  }
}
