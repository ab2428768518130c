import { compileFilter } from '../../query/compile-filter.ts'
import { parseFilterOfFour } from '../../query/parse-filter-four.ts'
import type { Context } from '../../semantics/context.ts'
import { similarTo, type Similar } from '../../semantics/similarity.ts'
import type { Alert, Case, Stamps } from '../../state/types.ts'
import { defineEntity, type Entity, type Operands } from '../entities.ts'
import { caseEntity } from './entities-four.ts'
import { serializeCase } from './serialize-four.ts'

type Row = Stamps & { similar: Similar<Case> }

/** A result that is no record. */
export const similarEntity: Entity = defineEntity<Row>({
  name: 'SimilarCase',
  isCacheable: false,
  serialize: ({ state }, { similar: { other, ...counts } }) => ({
    case: serializeCase(state, other),
    ...counts,
  }),
})

/** The cases that show what the alert shows, as far as `caseFilter` lets them pass. */
export function similarRows(context: Context, alert: Alert, { caseFilter }: Operands): Row[] {
  const accepts =
    caseFilter === undefined
      ? () => true
      : compileFilter(parseFilterOfFour(caseFilter), (name) => caseEntity.field(context, name), 'Case')
  return similarTo(context, alert, 'case')
    .filter(({ other }) => accepts(other))
    .map((similar) => {
      const { id, revision, createdAt, createdBy } = similar.other
      return { id, revision, createdAt, createdBy, similar }
    })
}
