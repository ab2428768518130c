import type { QueueRow } from '#shared/model/queue-row.ts'
import type { SeenById } from '#shared/model/seen-values.ts'
import type { App } from './app.ts'
import { openAlertId } from './open-cursor.ts'

/** Names shown in a question; the others are counted. */
const namesShown = 5

/** What is known of an alert without asking: its row, else the open detail. */
export function knownAlert(
  app: App,
  id: string,
): Pick<QueueRow, 'title' | 'stage' | 'caseId' | 'tags' | 'tlp' | 'pap'> | undefined {
  return app.detail.alertOf(id) ?? app.queue.row(app.queue.rows.keyOf(id))
}

/**
 * How these alerts show what dialogs set, by id, as far as it is known without asking: taken as a dialog opens, so that what comes in while it
 * is open is not written over unseen.
 */
export function seenAlerts(app: App, ids: readonly string[]): SeenById {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const open = app.detail.alertOf(id)
      const known = open ?? app.queue.row(app.queue.rows.keyOf(id))
      if (!known) return []
      const { status, severity, tlp, pap, assignee = null } = known
      const summary = open && { summary: open.summary ?? null }
      return [[id, { status, severity, tlp, pap, assignee, ...summary }]]
    }),
  )
}

/** The alerts an action means, as far as they are known now. Nothing is asked. */
export function knownTargets(app: App): Pick<QueueRow, 'title' | 'stage' | 'caseId'>[] {
  const { queue } = app
  const open = openAlertId(app)
  if (queue.selection.chosen.size === 0 && open !== undefined) {
    const known = knownAlert(app, open)
    return known ? [known] : []
  }
  return queue.targets.map((pk) => queue.row(pk)).filter((row) => row !== undefined)
}

/** The first titles and how many more there are, for a question that names what it is about. */
export async function titlesOf(app: App, ids: readonly string[]): Promise<{ names: string[]; more: number }> {
  const first = ids.slice(0, namesShown)
  const unknown = first.filter((id) => !knownAlert(app, id))
  const asked = await Promise.all(
    unknown.map(async (id) => [id, (await app.api.call('alerts.get', { id })).alert.title] as const),
  )
  const titles = new Map(asked)
  return {
    names: first.map((id) => knownAlert(app, id)?.title ?? titles.get(id) ?? id),
    more: ids.length - first.length,
  }
}
