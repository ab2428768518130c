import type { Case } from '#shared/model/case.ts'
import type { TlpScale } from '../scales.ts'
import * as wire from '../wire-fields.ts'
import type { Row } from '../wire-fields.ts'
import { readCustomFields } from './custom-fields.ts'

/** @throws WireProblem naming the first field that is not as promised */
export function readCase(value: unknown, scale: TlpScale): Case {
  const row = wire.asRow(value, 'case')
  return {
    id: wire.id(row),
    number: wire.number(row, 'number'),
    title: wire.text(row, 'title'),
    description: wire.optionalText(row, 'description') ?? '',
    severity: wire.severity(row),
    tlp: wire.tlp(row, scale.fromWire),
    pap: wire.pap(row),
    tags: wire.texts(row, 'tags'),
    status: wire.text(row, 'status'),
    stage: wire.stage(row),
    flag: wire.flag(row, 'flag', false),
    customFields: readCustomFields(row),
    startDate: wire.moment(row, 'startDate'),
    createdAt: wire.number(row, '_createdAt'),
    createdBy: wire.text(row, '_createdBy'),
    ...optionals(row),
  }
}

function optionals(row: Row): Partial<Case> {
  const [assignee, summary] = [wire.optionalText(row, 'assignee'), wire.optionalText(row, 'summary')]
  const impactStatus = wire.optionalText(row, 'impactStatus')
  const [endDate, updatedAt] = [wire.optionalMoment(row, 'endDate'), wire.optionalNumber(row, '_updatedAt')]
  return {
    ...(assignee !== undefined && { assignee }),
    ...(summary !== undefined && { summary }),
    ...(impactStatus !== undefined && { impactStatus }),
    ...(endDate !== undefined && { endDate }),
    ...(updatedAt !== undefined && { updatedAt }),
  }
}
