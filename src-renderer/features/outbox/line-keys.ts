import { untilAnalyst } from '#shared/model/operation.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import type { App } from '../../state/app.ts'
import { needsAnalyst } from '../../ui/format/operation-words.ts'
import { strokeName } from '../../ui/keys/chord.ts'
import { openSubject } from './open-subject.ts'
import { isExported } from './outbox.svelte.ts'
import type { Outbox } from './outbox.svelte.ts'

const steps: Record<string, number> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }

/** The line a key moves to from `cursor`; undefined when it moves nowhere. */
export function steppedTo(
  event: KeyboardEvent,
  lines: readonly { id: string }[],
  cursor: string | undefined,
) {
  const step = event.altKey || event.ctrlKey || event.metaKey ? undefined : steps[event.key]
  if (step === undefined) return undefined
  const at = lines.findIndex(({ id }) => id === cursor)
  return lines[Math.max(0, Math.min(lines.length - 1, at + step))]?.id
}

/** Choices are stepped through and long texts are scrolled with the arrows, inside a line too. */
export const usesArrows = ({ key, altKey, target }: KeyboardEvent): boolean =>
  !altKey &&
  key.startsWith('Arrow') &&
  target instanceof Element &&
  target.matches('input, select, [role=group]')

/** The key was pressed on a line, not on something in it. */
export const onLineItself = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && target.dataset['line'] !== undefined

/** What a key does to the line that has the keyboard; undefined when it is none of its keys. */
export function lineKey(event: KeyboardEvent, app: App, outbox: Outbox): (() => unknown) | undefined {
  const line = outbox.lines.find(({ id }) => id === outbox.cursor)
  if (line === undefined) return undefined
  const onLine = onLineItself(event)
  const stroke = strokeName(event, app.mac)
  switch (stroke) {
    case 'Enter':
      return onLine ? () => openSubject(app, line) : undefined
    case ' ':
      return onLine ? () => (outbox.opened = outbox.opened === line.id ? undefined : line.id) : undefined
    case 'Delete':
      return () => outbox.askDrop(line)
    case 'Alt+ArrowUp':
      return () => outbox.move(line, 'up')
    case 'Alt+ArrowDown':
      return () => outbox.move(line, 'down')
    default:
      if (stroke === 'h' && isExported(line)) return () => outbox.askResume([line])
      if (stroke === 'e' && line.editable) return () => outbox.edit(line)
      return needsAnalyst(line) ? undefined : waitingKey(stroke, line, outbox)
  }
}

function waitingKey(stroke: string, line: OperationView, outbox: Outbox): (() => unknown) | undefined {
  if (stroke === 'h')
    return () => outbox.steer(line.notBefore === untilAnalyst ? 'outbox.resume' : 'outbox.hold', line)
  if (stroke === 's') return () => outbox.steer('outbox.send', line)
  // It says why it cannot be changed.
  return stroke === 'e' ? () => outbox.edit(line) : undefined
}
