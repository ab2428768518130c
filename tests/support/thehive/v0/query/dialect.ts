import { badRequest, HiveError } from '../../state/errors.ts'
import type { Flavour } from '../../state/server-kind.ts'

/** Where the two older generations read the same question differently. */
export type Dialect = {
  flavour: Flavour
  /** TheHive 3 trips over a question it cannot read, TheHive 4 refuses it. */
  bad: (message: string) => HiveError
  /** Whether a field nobody knows is refused, or simply matches nothing. */
  knowsFields: boolean
  /** Whether `_between` takes its lower end in. */
  betweenTakesLow: boolean
  /** Whether values are compared as texts. */
  loose: boolean
}

export const dialects: Readonly<Record<'thehive3' | 'thehive4', Dialect>> = {
  thehive3: {
    flavour: 'thehive3',
    bad: (message) => new HiveError(500, 'play.api.libs.json.JsResultException', message),
    ...{ knowsFields: false, betweenTakesLow: false, loose: true },
  },
  thehive4: { flavour: 'thehive4', bad: badRequest, knowsFields: true, betweenTakesLow: true, loose: false },
}

export const dialectOf = (flavour: Flavour): Dialect =>
  dialects[flavour === 'thehive3' ? 'thehive3' : 'thehive4']
