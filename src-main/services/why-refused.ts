import { asForagerError } from '#shared/errors/convert.ts'
import type { PutBack } from '../domain/put-back.ts'
import type { DecisionContext } from './context.ts'
import { decide } from './decide-put-back.ts'
import { gather } from './gather.ts'

/** Why a decision would be refused: it is made, and not queued. Undefined when nothing speaks against it. */
export async function whyRefused(step: PutBack, context: DecisionContext): Promise<string | undefined> {
  try {
    await decide(step, gather(context).deciding)
    return undefined
  } catch (thrown) {
    const error = asForagerError(thrown)
    if (error.kind === 'bug') throw error
    return error.message
  }
}
