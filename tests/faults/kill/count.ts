import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import type { Said, Sort } from './messages.ts'

/** How often the server shows what a decision with this key was to leave there. */
export function timesOf(hive: StandIn, sort: Sort, key: string): number {
  const { alerts, cases } = hive.state.space('acme')
  const all = alerts.created.rows
  switch (sort) {
    case 'comment':
      return all.flatMap(({ comments }) => comments).filter(({ message }) => message === key).length
    case 'value':
      return all.flatMap(({ observables }) => observables).filter(({ data }) => data === key).length
    case 'tag':
      return all.filter(({ tags }) => tags.includes(key)).length
    case 'alert':
      return all.filter(({ sourceRef }) => sourceRef === key).length
    case 'promotion':
    case 'case':
      return cases.created.rows.filter(({ title }) => title === key).length
  }
}

export type Counted = { acknowledged: number; unanswered: number; lost: string[]; repeated: string[] }

/** An acknowledged decision is there once; one that was cut off before its answer is there once or not at all. */
export function countAll(hive: StandIn, said: readonly Said[]): Counted {
  const answered = new Set(said.flatMap((one) => ('done' in one ? one.done : [])))
  const counted: Counted = { acknowledged: answered.size, unanswered: 0, lost: [], repeated: [] }
  for (const one of said) {
    if (!('tries' in one)) continue
    const times = timesOf(hive, one.sort, one.tries)
    const named = `${one.sort} ${one.tries}`
    if (!answered.has(one.tries)) counted.unanswered += 1
    else if (times === 0) counted.lost.push(named)
    if (times > 1) counted.repeated.push(`${named} (${times} times)`)
  }
  return counted
}
