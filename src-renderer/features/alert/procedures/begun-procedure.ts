import type { Procedure } from '#shared/model/procedure.ts'
import type { Drafts } from '../../../state/drafts.svelte.ts'
import { draftOfProcedure, procedureChange } from './procedure-change.ts'
import type { ProcedureDraft } from './procedure-change.ts'

type About = { alertId: string; date: number; procedure: Procedure | undefined }

/** What the form of a TTP begins with: where it was left, if it was, and else what there is. */
export function begunProcedure(drafts: Drafts, { alertId, date, procedure }: About) {
  return procedure ? begunEdit(drafts, procedure) : begunNew(drafts, alertId, date)
}

function begunEdit(drafts: Drafts, known: Procedure) {
  const key = drafts.key('procedure', known.id)
  const words = drafts.of(key)
  const was: Procedure = words
    ? { ...known, tactic: undefined, description: undefined, ...words.before }
    : known
  const { occurDate, tactic, description } = was
  return {
    ...{ key, was, patternId: was.patternId, form: words?.now ?? draftOfProcedure(was) },
    keep: (now: ProcedureDraft) =>
      drafts.keep(
        key,
        procedureChange(was, now) && { before: { occurDate, tactic, description }, now: { ...now } },
      ),
  }
}

function begunNew(drafts: Drafts, alertId: string, date: number) {
  const key = drafts.key('new-procedure', alertId)
  const { patternId, ...form } = drafts.of(key) ?? { patternId: '', ...draftOfProcedure({ occurDate: date }) }
  return {
    ...{ key, was: undefined, patternId, form },
    keep: (now: ProcedureDraft, of = '') => {
      const isBlank = of === '' && now.description === ''
      drafts.keep(key, isBlank ? undefined : { patternId: of, ...now })
    },
  }
}
