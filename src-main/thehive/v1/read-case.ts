import type { Case } from '#shared/model/case.ts'
import type { TlpScale } from '../scales.ts'
import * as wire from '../wire-fields.ts'

/** @throws WireProblem naming the first field that is not as promised */
export function readCase(value: unknown, scale: TlpScale): Case {
  const row = wire.asRow(value, 'case')
  const assignee = wire.optionalText(row, 'assignee')
  const updatedAt = wire.optionalNumber(row, '_updatedAt')
  return {
    id: wire.text(row, '_id'),
    number: wire.number(row, 'number'),
    title: wire.text(row, 'title'),
    description: wire.optionalText(row, 'description') ?? '',
    severity: wire.severity(row),
    tlp: wire.tlp(row, scale.fromWire),
    pap: wire.pap(row),
    tags: wire.texts(row, 'tags'),
    status: wire.text(row, 'status'),
    stage: wire.stage(row),
    startDate: wire.number(row, 'startDate'),
    createdAt: wire.number(row, '_createdAt'),
    createdBy: wire.text(row, '_createdBy'),
    ...(assignee !== undefined && { assignee }),
    ...(updatedAt !== undefined && { updatedAt }),
  }
}
