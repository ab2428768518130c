import type { Alert } from '#shared/model/alert.ts'
import type { TlpScale } from '../scales.ts'
import * as wire from '../wire-fields.ts'
import type { Row } from '../wire-fields.ts'
import { stageOf } from './alert-status.ts'
import { readCustomFields } from './custom-fields.ts'
import { readSeverity } from './severity.ts'

/**
 * One alert of `/api` as Forager's own, by hand and without copies: a first fill runs it a hundred thousand times. Unknown
 * keys pass, absent and null optionals are the same. TheHive 3 alerts carry no PAP: amber is what it gives their cases.
 * @throws WireProblem naming the first field that is not as promised
 */
export function readAlert(value: unknown, scale: TlpScale): Alert {
  const row = wire.asRow(value, 'alert')
  const status = wire.text(row, 'status')
  const caseId = wire.optionalText(row, 'case')
  const alert: Alert = {
    id: wire.id(row),
    type: wire.text(row, 'type'),
    source: wire.text(row, 'source'),
    sourceRef: wire.text(row, 'sourceRef'),
    title: wire.text(row, 'title'),
    description: wire.text(row, 'description'),
    severity: readSeverity(row),
    tlp: wire.tlp(row, scale.fromWire),
    pap: wire.pap(row, 'amber'),
    date: wire.alertDate(row),
    tags: wire.texts(row, 'tags'),
    status,
    stage: stageOf(status, caseId),
    follow: wire.flag(row, 'follow', true),
    read: status === 'Ignored' || status === 'Imported',
    observableCount: wire.list(row, 'artifacts').length,
    customFields: readCustomFields(row),
    createdAt: wire.number(row, 'createdAt'),
    createdBy: wire.text(row, 'createdBy'),
  }
  if (caseId !== undefined) alert.caseId = caseId
  addOptional(alert, row)
  return alert
}

function addOptional(alert: Alert, row: Row): void {
  const externalLink = wire.optionalText(row, 'externalLink')
  if (externalLink !== undefined) alert.externalLink = externalLink
  const caseTemplate = wire.optionalText(row, 'caseTemplate')
  if (caseTemplate !== undefined) alert.caseTemplate = caseTemplate
  const updatedAt = wire.optionalNumber(row, 'updatedAt')
  if (updatedAt !== undefined) alert.updatedAt = updatedAt
  const updatedBy = wire.optionalText(row, 'updatedBy')
  if (updatedBy !== undefined) alert.updatedBy = updatedBy
}
