import { parseFilter } from '../query/parse-filter.ts'
import { auditEntity } from './audit-entity.ts'
import * as children from './child-entities.ts'
import * as definitions from './definition-entities.ts'
import { visibleAudits } from './four/audits-four.ts'
import type { Found, QueryLanguage } from './query-language.ts'
import { alertEntity, caseEntity } from './main-entities.ts'

const countOf =
  (step?: string) =>
  (context: Parameters<QueryLanguage['ends'][string]>[0], { entity, rows }: Found): number =>
    step === undefined ? rows.length : (entity.steps[step]?.rows(context, rows, {}).length ?? 0)

/** TheHive 5's. Lists the contract does not name follow the schemas' names [inferred]. */
export const languageFive: QueryLanguage = {
  entities: {
    Alert: alertEntity,
    Case: caseEntity,
    Observable: children.observableEntity,
    Comment: children.commentEntity,
    Procedure: children.procedureEntity,
    Task: children.taskEntity,
    Log: children.logEntity,
    Page: children.pageEntity,
    AlertStatus: definitions.statusEntities.alert,
    CaseStatus: definitions.statusEntities.case,
    CaseTemplate: definitions.templateEntity,
    CustomField: definitions.customFieldEntity,
    ObservableType: definitions.observableTypeEntity,
    User: definitions.userEntity,
    Organisation: definitions.organisationEntity,
    Profile: definitions.profileEntity,
    Pattern: definitions.patternEntity,
    ListView: definitions.viewEntity,
  },
  parseFilter: (source, { state, server }) => {
    const now = server.atLeast('5.2.0') ? state.clock.now() : undefined
    return parseFilter(source, now)
  },
  starts: {
    // Source: of one thing at a time; there is no `listAudit`.
    listAuditFromObject: (context, { id }) => ({
      entity: auditEntity,
      rows: visibleAudits(context).filter(({ object }) => object.id === id),
    }),
  },
  steps: {},
  ends: {
    count: countOf(),
    limitedCount: countOf(),
    similarCaseLightCount: countOf('similarCasesLight'),
    similarAlertLightCount: countOf('similarAlertsLight'),
  },
  readSortKey: (item) => (typeof item === 'object' && item !== null ? Object.entries(item) : undefined),
  total: (count) => count,
}
