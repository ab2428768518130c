import { isLocalId } from '#shared/model/operation.ts'
import type { OperationOf } from '#shared/model/operation.ts'
import type { Procedure, ProcedureInput } from '#shared/model/procedure.ts'
import { clockSkewMs } from '../../domain/clock-skew.ts'
import type { KindRules, StepContext } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { refreshProcedures } from './refresh.ts'

/**
 * A tactic left out is filled in by the server where the technique has exactly one. Tactic and words may have been changed by somebody
 * since it was made.
 */
function isOurs(
  procedure: Procedure,
  { payload, firstSentAt, createdAt }: OperationOf<'procedure.add'>,
  { server, pending }: StepContext,
): boolean {
  const { input } = payload
  return (
    procedure.patternId === input.patternId &&
    procedure.occurDate === input.occurDate &&
    (procedure.updatedAt !== undefined || saysTheSame(procedure, input)) &&
    procedure.createdBy === server.session.login &&
    procedure.createdAt >= (firstSentAt ?? createdAt) - clockSkewMs &&
    !pending.claimedIds().has(procedure.id)
  )
}

const saysTheSame = (procedure: Procedure, { tactic, description = '' }: ProcedureInput): boolean =>
  (tactic === undefined || procedure.tactic === tactic) && (procedure.description ?? '') === description

/**
 * Procedures have no key: the same technique at the same moment in the same words, by us, at or after our first attempt and
 * not claimed by another decision, is ours. Commutes with everything. Inverse: delete it.
 */
export const procedureAdd: KindRules<'procedure.add'> = {
  async send({ alertId, payload }, context) {
    const made = await context.server.addProcedure(alertId, payload.input, context.signal)
    context.pending.mapId(payload.localId, made.id)
    return taken(made.id, `The server has ${made.patternName ?? made.patternId}.`, context)
  },
  async probe(operation, context) {
    const { localId } = operation.payload
    if (!isLocalId(localId)) return alreadyThere(localId, 'The server already has the procedure.', context)
    const there = await context.server.procedures(operation.alertId, context.signal)
    const found = there.find((procedure) => isOurs(procedure, operation, context))
    if (found === undefined) return { notYet: true }
    context.pending.mapId(localId, found.id)
    return alreadyThere(found.id, 'The procedure was already there.', context)
  },
  refresh: (operation, context) => refreshProcedures(operation.alertId, context),
  doubles: true,
}
