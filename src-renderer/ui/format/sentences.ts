import { plural } from './quantity.ts'

/** What was done, as toasts say it: `Closed 3 alerts as Ignored`. */
export function statusSentence(verb: 'Started' | 'Closed', alerts: number, status: string): string {
  return `${verb} ${plural(alerts, 'alert')} as ${status}`
}

export function assignedSentence(alerts: number, to: string | null): string {
  return to === null
    ? `Took the assignee off ${plural(alerts, 'alert')}`
    : `Assigned ${plural(alerts, 'alert')} to ${to}`
}
