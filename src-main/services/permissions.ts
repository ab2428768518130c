import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Tlp } from '#shared/model/scales.ts'
import { tlpNames } from '#shared/model/scales.ts'
import { canDo } from '#shared/model/session.ts'
import type { Ability } from '#shared/model/session.ts'
import type { DecisionContext } from './context.ts'

type Who = Pick<DecisionContext, 'session'>

/** Known before anything is queued: a refusal after reconnecting would be too late. */
export function mustBeAble(ability: Ability, context: Who): void {
  const { capabilities } = context.session()
  const answer = canDo(capabilities, ability)
  if (answer === true) return
  const readOnly = answer === capabilities.readOnlyReason
  throw new ForagerError('forbidden', readOnly ? `This server takes no changes: ${answer}` : answer, {
    did: 'Nothing was queued.',
  })
}

export const isAble = (ability: Ability, { session }: Who): boolean =>
  canDo(session().capabilities, ability) === true

/** A link the server would refuse, with everything beside it. */
export function mustFitLink(link: string | undefined, { session }: Who): void {
  const { linkLimit } = session().capabilities
  if (link === undefined || linkLimit === undefined || link.length <= linkLimit) return
  throw new ForagerError(
    'rejected',
    `This server takes links of at most ${linkLimit} characters; this one has ${link.length}.`,
    {
      did: 'Nothing was queued.',
      next: 'Shorten the link, or put it into the description.',
    },
  )
}

/** A marking the server cannot store would come back as another one. */
export function mustKnowTlp(tlp: Tlp | undefined, { session }: Who): void {
  const { tlps } = session().capabilities
  if (tlp === undefined || tlps.includes(tlp)) return
  throw new ForagerError('rejected', `This server cannot store TLP ${tlpNames[tlp]}.`, {
    did: 'Nothing was queued.',
    next: `Pick one of ${tlps.map((known) => tlpNames[known]).join(', ')}.`,
  })
}
