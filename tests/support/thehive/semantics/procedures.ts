import { badRequest, notFound } from '../state/errors.ts'
import type { Parent, Procedure } from '../state/types.ts'
import { audit } from './audits.ts'
import { requirePermission, type Context } from './context.ts'
import type { ProcedureDraft } from './drafts.ts'

/**
 * Refuses an unknown technique and a tactic that is not the technique's; gives name and tactic.
 * Source: from 5.2.6 on the tactic may be left out where the technique has one alone.
 */
export function resolveTechnique(
  { state, server }: Context,
  draft: ProcedureDraft,
): { patternName: string; tactic: string } {
  const pattern = state.patterns.find(({ patternId }) => patternId === draft.patternId)
  if (!pattern) throw notFound(`Pattern ${draft.patternId} not found`)
  const { name, tactics } = pattern
  const only = tactics.length === 1 && server.atLeast('5.2.6') ? tactics[0] : undefined
  const tactic = draft.tactic ?? only
  if (!tactic) throw badRequest(`A tactic is required for pattern ${draft.patternId}`)
  if (!tactics.includes(tactic)) throw badRequest(`Tactic ${tactic} does not belong to ${draft.patternId}`)
  return { patternName: name, tactic }
}

/** Adds all or none; does not stamp the parent. */
export function attachProcedures(
  context: Context,
  parent: Parent,
  drafts: readonly ProcedureDraft[],
): Procedure[] {
  const resolved = drafts.map((draft) => ({ ...draft, ...resolveTechnique(context, draft) }))
  return resolved.map((draft) => {
    const stamps = context.state.stamps(context.actor.user.login)
    const procedure = context.state.keep<Procedure>({ ...stamps, kind: 'procedure', parent, ...draft })
    parent.procedures.push(procedure)
    context.space.procedures.add(procedure)
    audit(context, 'create', procedure, { details: { patternId: draft.patternId } })
    context.effect(`procedure ${parent.id} ${draft.patternId} ${draft.occurDate}`)
    return procedure
  })
}

export function addProcedures(
  context: Context,
  parent: Parent,
  drafts: readonly ProcedureDraft[],
): Procedure[] {
  requirePermission(context, 'manageProcedure')
  return attachProcedures(context, parent, drafts)
}

/** Brings an alert's procedures into a case, leaving out those it has. */
export function copyProcedures(context: Context, from: Parent, to: Parent): void {
  const key = (procedure: Procedure) => `${procedure.patternId} ${procedure.tactic} ${procedure.occurDate}`
  const known = new Set(to.procedures.map(key))
  for (const original of from.procedures.filter((procedure) => !known.has(key(procedure)))) {
    const stamps = context.state.stamps(context.actor.user.login)
    const copy = context.state.keep<Procedure>({ ...original, ...stamps, parent: to })
    to.procedures.push(copy)
    context.space.procedures.add(copy)
  }
}

export function deleteProcedure(context: Context, procedure: Procedure): void {
  requirePermission(context, 'manageProcedure')
  audit(context, 'delete', procedure, { details: { patternId: procedure.patternId } })
  context.space.procedures.remove(procedure)
  context.state.forget(procedure)
  procedure.parent.procedures.splice(procedure.parent.procedures.indexOf(procedure), 1)
  context.effect(`delete procedure ${procedure.id}`)
}

export function updateProcedure(
  context: Context,
  procedure: Procedure,
  patch: Partial<ProcedureDraft>,
): void {
  requirePermission(context, 'manageProcedure')
  const { patternId, tactic, occurDate } = procedure
  const next = { patternId, tactic, occurDate, ...patch }
  Object.assign(procedure, patch, resolveTechnique(context, next))
  context.space.procedures.stamp(procedure, context.actor.user.login, context.state.clock.now())
  audit(context, 'update', procedure, { details: patch })
  context.effect(`update procedure ${procedure.id}`)
}
