import type { Procedure, ProcedureChange } from '#shared/model/procedure.ts'
import { fromDateInput, toDateInput } from '../../../ui/format/date-input.ts'

/** A TTP as its form holds it. */
export type ProcedureDraft = { when: string; tactic: string; description: string }

export const draftOfProcedure = ({ occurDate, tactic, description }: Partial<Procedure>): ProcedureDraft => ({
  when: occurDate === undefined ? '' : toDateInput(occurDate),
  ...{ tactic: tactic ?? '', description: description ?? '' },
})

/** Only what differs; undefined when nothing does. A moment that was left alone keeps what its control does not show. */
export function procedureChange(was: Procedure, draft: ProcedureDraft): ProcedureChange | undefined {
  const before = draftOfProcedure(was)
  const occurDate = draft.when === before.when ? undefined : fromDateInput(draft.when)
  const change: ProcedureChange = {
    ...(occurDate !== undefined && { occurDate }),
    ...(draft.tactic !== before.tactic && { tactic: draft.tactic }),
    ...(draft.description !== before.description && { description: draft.description.trim() }),
  }
  return Object.keys(change).length === 0 ? undefined : change
}
