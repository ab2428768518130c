import type { App } from './app.ts'

type Parts = Pick<App, 'nav' | 'queue'>

/** Opens the alert under the cursor beside the queue, unless the analyst has gone elsewhere while its row was read. */
export async function openCursor({ nav, queue }: Parts): Promise<void> {
  const { cursor: pk } = queue
  const { place } = nav
  if (pk === undefined) return
  queue.opening = { pk, from: place }
  const [id] = await queue.rows.idsOf([pk])
  if (id === undefined || queue.cursor !== pk || nav.place !== place) return
  // Stepping through the queue is not a journey.
  nav[place.alertId === undefined ? 'go' : 'replace']({ screen: 'queue', alertId: id })
}

/** With an alert open beside the queue, the cursor's alert is the one shown. */
export async function followCursor({ nav, queue }: Parts): Promise<void> {
  if (nav.place.screen === 'queue' && nav.place.alertId !== undefined) await openCursor({ nav, queue })
}

/** The open alert; none while the pane still shows another one than the cursor's, whose row is being read. */
export function openAlertId({ nav, queue }: Parts): string | undefined {
  const { opening } = queue
  const isOnItsWay = opening?.from === nav.place && opening.pk === queue.cursor
  return isOnItsWay ? undefined : nav.place.alertId
}
