import { badRequest, notFound } from '../state/errors.ts'
import type { Case } from '../state/types.ts'
import type { Context } from './context.ts'
import type { CaseInput } from './drafts.ts'

const rules: readonly string[] = ['manual', 'autoShare']

/** Changes nothing: a rule or an organisation nobody knows refuses the whole case. Source: the 5.6.2 document's words for the rules. */
export function checkShares({ state }: Context, { shares = [], taskRule, observableRule }: CaseInput): void {
  const named = [taskRule, observableRule, ...shares.flatMap((one) => [one.taskRule, one.observableRule])]
  for (const rule of named)
    if (rule !== undefined && !rules.includes(rule)) throw badRequest(`No sharing rule ${rule}`)
  for (const { organisation } of shares) {
    const known = state.organisations.some(({ name, id }) => name === organisation || id === organisation)
    if (!known) throw notFound(`Organisation ${organisation} not found`)
  }
}

/** Told as effects; what the other organisation then sees is not played. */
export function share(context: Context, target: Case, { shares = [] }: CaseInput): void {
  for (const { organisation } of shares) context.effect(`share case ${target.id} with ${organisation}`)
}
