import { count, plural } from './quantity.ts'

/** What asking the server came to. */
export type ServerAnswer = {
  found: number
  arrived: number
  setAside: number
  total?: { count: number; exact: boolean } | undefined
  more: boolean
  notAsked: readonly { text: string; seen: boolean }[]
}

/** One sentence of what came, and the rest that has to be known to trust it. */
export function answerWords(answer: ServerAnswer): { said: string; more: string } {
  return { said: saidOf(answer), more: [totalOf(answer), ...gapsOf(answer)].filter(Boolean).join(' ') }
}

function saidOf({ found, arrived }: ServerAnswer): string {
  if (found === 0) return 'The server showed no alert that fits'
  const here = arrived === 0 ? 'all here already' : `${count(arrived)} new here`
  return `${plural(found, 'alert')} on the server, ${here}`
}

function totalOf({ found, total, more, notAsked }: ServerAnswer): string {
  const rest = more ? ' Narrow the filter to see the rest.' : ''
  if (total === undefined) return more ? `It has more.${rest}` : ''
  if (total.exact)
    return total.count > found ? `It has ${plural(total.count, 'alert')} that fit.${rest}` : rest.trim()
  // What could not be asked makes its count too large; otherwise it stopped counting.
  if (notAsked.length > 0)
    return `It counts ${plural(total.count, 'alert')} for the part it could be asked.${rest}`
  return `It counts ${count(total.count)} or more.${rest}`
}

function gapsOf({ notAsked, setAside }: ServerAnswer): string[] {
  const parts = (seen: boolean) => notAsked.filter((one) => one.seen === seen).map(({ text }) => `“${text}”`)
  const [seen, unseen] = [parts(true), parts(false)]
  return [
    ...(seen.length > 0
      ? [`It cannot be asked for ${seen.join(' and ')}: Forager looked at the alerts itself.`]
      : []),
    ...(unseen.length > 0
      ? [
          `It cannot be asked for ${unseen.join(' and ')}: Forager looked at what the alerts themselves say, not at their observables and cases on the server.`,
        ]
      : []),
    ...(setAside > 0
      ? [`${plural(setAside, 'row')} could not be read and ${setAside === 1 ? 'was' : 'were'} set aside.`]
      : []),
  ]
}
