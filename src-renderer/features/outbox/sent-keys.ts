import type { OperationView } from '#shared/model/operation-view.ts'
import type { App } from '../../state/app.ts'
import { strokeName } from '../../ui/keys/chord.ts'
import { onLineItself } from './line-keys.ts'
import { openSubject } from './open-subject.ts'
import type { Receipts } from './receipts.svelte.ts'

/** What a key does to the receipt that has the keyboard; undefined when it is none of its keys. */
export function receiptKey(event: KeyboardEvent, app: App, receipts: Receipts): (() => void) | undefined {
  const line = receipts.found?.find(({ id }) => id === receipts.cursor)
  if (line === undefined || !onLineItself(event)) return undefined
  return acts(app, receipts, line)[strokeName(event, app.mac)]
}

const acts = (app: App, receipts: Receipts, line: OperationView): Record<string, () => void> => ({
  Enter: () => void openSubject(app, line),
  ' ': () => receipts.toggleDetails(line),
  x: () => receipts.toggle(line),
  p: () => receipts.putBack(line),
})
