import { parseFilterOfFour } from '../../query/parse-filter-four.ts'
import { seekCase } from '../../semantics/context.ts'
import type { Alert, Audit, Stamps } from '../../state/types.ts'
import * as definitions from '../definition-entities.ts'
import type { QueryLanguage, Start } from '../query-language.ts'
import { aggregate } from './aggregation.ts'
import { auditEntity, auditSteps, visibleAudits } from './audits-four.ts'
import * as entities from './entities-four.ts'

/** Source: TheHive 4 stops counting here and says so with the number's opposite. */
const countLimit = 1000
const limited = (count: number): number => (count >= countLimit ? -countLimit : count)

const countAlerts =
  (accepts: (alert: Alert) => boolean): Start =>
  ({ space }) => ({ value: space.alerts.created.rows.filter(accepts).length })

/** `"f"` and `"+f"` rise, `"-f"` falls; or an object as in TheHive 5. */
function readSortKey(item: unknown): [string, unknown][] | undefined {
  if (typeof item === 'object' && item !== null) return Object.entries(item)
  if (typeof item !== 'string') return undefined
  const [, sign, name = ''] = /^([-+]?)(.*)$/.exec(item) ?? []
  return [[name, sign === '-' ? 'desc' : 'asc']]
}

/** TheHive 4's. */
export const languageFour: QueryLanguage = {
  entities: {
    Alert: entities.alertEntity,
    Case: entities.caseEntity,
    Observable: entities.observableEntity,
    Task: entities.taskEntity,
    Procedure: entities.procedureEntity,
    CaseTemplate: entities.templateEntity,
    Audit: auditEntity,
    CustomField: definitions.customFieldEntity,
    ObservableType: definitions.observableTypeEntity,
    User: definitions.userEntity,
    Organisation: definitions.organisationEntity,
    Profile: definitions.profileEntity,
    Pattern: definitions.patternEntity,
  },
  parseFilter: parseFilterOfFour,
  starts: {
    countAlert: countAlerts(() => true),
    countUnreadAlert: countAlerts(({ read }) => !read),
    countImportedAlert: countAlerts(({ caseId }) => caseId !== undefined),
    countRelatedAlert: (context, { caseId }) => ({
      value: seekCase(context, String(caseId))?.alerts.length ?? 0,
    }),
    listAuditFromObject: (context, { id }) => ({
      entity: auditEntity,
      rows: visibleAudits(context).filter(({ object }: Audit) => object.id === id),
    }),
  },
  steps: auditSteps,
  ends: {
    count: (_, { rows }) => rows.length,
    limitedCount: (_, { rows }: { rows: readonly Stamps[] }) => limited(rows.length),
    aggregation: (context, { entity, rows }, operands) => aggregate({ context, entity }, operands, rows),
  },
  readSortKey,
  total: limited,
}
