import type { Case } from '#shared/model/case.ts'
import { definedOf } from '../../domain/defined-of.ts'
import type { TlpScale } from '../scales.ts'
import * as wire from '../wire-fields.ts'
import { readCaseStatus } from './case-status.ts'
import { readCustomFields } from './custom-fields.ts'
import { readSeverity } from './severity.ts'

/** @throws WireProblem naming the first field that is not as promised */
export function readCase(value: unknown, scale: TlpScale): Case {
  const row = wire.asRow(value, 'case')
  const optional = {
    assignee: wire.optionalText(row, 'owner'),
    summary: wire.optionalText(row, 'summary'),
    impactStatus: wire.optionalText(row, 'impactStatus'),
    endDate: wire.optionalMoment(row, 'endDate'),
    updatedAt: wire.optionalNumber(row, 'updatedAt'),
  }
  const found: Case = {
    id: wire.id(row),
    number: wire.number(row, 'caseId'),
    title: wire.text(row, 'title'),
    description: wire.optionalText(row, 'description') ?? '',
    severity: readSeverity(row),
    tlp: wire.tlp(row, scale.fromWire),
    pap: wire.pap(row, 'amber'),
    tags: wire.texts(row, 'tags'),
    ...readCaseStatus(row),
    flag: wire.flag(row, 'flag', false),
    customFields: readCustomFields(row),
    startDate: wire.moment(row, 'startDate'),
    createdAt: wire.number(row, 'createdAt'),
    createdBy: wire.text(row, 'createdBy'),
  }
  return Object.assign(found, definedOf(optional))
}
