import { count, plural } from './quantity.ts'

/** What was done, as toasts say it: `Closed 3 alerts as Ignored`. */
export function statusSentence(
  verb: 'Started' | 'Closed' | 'Reopened',
  alerts: number,
  status: string,
): string {
  return `${verb} ${plural(alerts, 'alert')} as ${status}`
}

export function assignedSentence(alerts: number, to: string | null): string {
  return to === null
    ? `Took the assignee off ${plural(alerts, 'alert')}`
    : `Assigned ${plural(alerts, 'alert')} to ${to}`
}

/** How many decisions are on their way: to a server, or into the local workspace's own file. */
export function waitingSentence(decisions: number, local: boolean): string {
  return local ? `${count(decisions)} being saved` : `${count(decisions)} waiting to send`
}

/** The same for one thing. */
export function waitingWord(local: boolean): string {
  return local ? 'saving' : 'waiting to send'
}

/** A case as people name it: by number, or by title until it has one. */
export function caseName(one: { number?: number | undefined; title: string }): string {
  return one.number === undefined ? `“${one.title.slice(0, 60)}”` : `#${one.number}`
}
