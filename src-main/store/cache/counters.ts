import type { Alert } from '#shared/model/alert.ts'
import type { Connection } from '../open-database.ts'

export type Counted = Pick<Alert, 'stage' | 'severity' | 'source' | 'type' | 'assignee'> & {
  /** The server no longer shows it: nobody decides about it, so it is not of the inbox. */
  gone?: boolean
}

/** In these stages somebody still has to decide. */
export const isInbox = (alert: Pick<Alert, 'stage'>): boolean =>
  alert.stage === 'New' || alert.stage === 'InProgress'

/** Every counter this alert adds one to: views, and the facets beside the inbox. */
export function countersOf(alert: Counted): [name: string, key: string][] {
  const always: [string, string][] = [
    ['all', ''],
    ['stage', alert.stage],
  ]
  if (!isInbox(alert) || alert.gone === true) return always
  const { assignee } = alert
  return [
    ...always,
    ['inbox', ''],
    ['severity', String(alert.severity)],
    ['source', alert.source],
    ['type', alert.type],
    assignee === undefined ? ['unassigned', ''] : ['assignee', assignee],
  ]
}

/** Changes of counters gathered during one transaction, written once at its end. */
export type CounterChanges = {
  add(alert: Counted): void
  subtract(alert: Counted): void
  write(): void
}

export function createCounters(db: Connection) {
  const bump = db.prepare<[string, string, number]>(
    'INSERT INTO counter (name, key, n) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n',
  )
  const forget = db.prepare('DELETE FROM counter WHERE n = 0')

  return function beginChanges(): CounterChanges {
    const changes = new Map<string, { name: string; key: string; by: number }>()
    const count = (alert: Counted, by: number): void => {
      for (const [name, key] of countersOf(alert)) {
        const slot = `${name}\u0000${key}`
        const entry = changes.get(slot) ?? { name, key, by: 0 }
        entry.by += by
        changes.set(slot, entry)
      }
    }
    return {
      add: (alert) => count(alert, 1),
      subtract: (alert) => count(alert, -1),
      write() {
        const moved = [...changes.values()].filter(({ by }) => by !== 0)
        for (const { name, key, by } of moved) bump.run(name, key, by)
        if (moved.some(({ by }) => by < 0)) forget.run()
      },
    }
  }
}
