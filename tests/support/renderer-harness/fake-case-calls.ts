import type { Case } from '#shared/model/case.ts'
import type { Emit, FakeCalls } from './fake-calls.ts'
import { teller } from './fake-calls.ts'
import type { FakeState } from './fake-state.ts'
import { sampleCatalog } from './sample-catalog.ts'

const stageOf = (status: string): Case['stage'] =>
  sampleCatalog.caseStatuses.find((one) => one.value === status)?.stage ?? 'New'

/** Cases as they are begun and changed by hand. */
export function caseCalls(state: FakeState, emit: Emit): FakeCalls {
  const told = teller(state, emit)
  return {
    'cases.create': ({ input }) => {
      const caseId = `local:case-${state.cases.length}`
      const one: Case = {
        ...{ id: caseId, title: input.title, description: input.description, tags: input.tags ?? [] },
        ...{ severity: input.severity ?? 2, tlp: input.tlp ?? 'amber', pap: input.pap ?? 'amber' },
        ...{ status: 'New', stage: 'New', flag: false, customFields: [], createdBy: 'ana' },
        ...{ startDate: Date.now(), createdAt: Date.now(), pending: state.kind !== 'local' },
      }
      state.cases = [one, ...state.cases]
      return {
        ...told([caseId], { groupId: state.decideCase(caseId, 'case.create', 'Create a case', (it) => it) }),
        caseId,
      }
    },
    'cases.update': ({ ids, change }) => {
      const [id = ''] = ids
      const { addTags = [], removeTags = [], assignee, ...plain } = change
      const groupId = state.decideCase(id, 'case.update', 'Change the case', (one) => ({
        ...one,
        ...(plain as Partial<Case>),
        tags: [...one.tags.filter((tag) => !removeTags.includes(tag)), ...addTags],
        assignee: assignee === undefined ? one.assignee : (assignee ?? undefined),
        ...(change.status !== undefined && { stage: stageOf(change.status) }),
      }))
      return told(ids, { groupId })
    },
  }
}
