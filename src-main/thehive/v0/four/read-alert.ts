import type { Alert } from '#shared/model/alert.ts'
import type { TlpScale } from '../../scales.ts'
import { readCustomFields } from '../../v1/custom-fields.ts'
import * as wire from '../../wire-fields.ts'
import type { Row } from '../../wire-fields.ts'
import { stageOf } from '../alert-status.ts'
import type { OlderAlertStatus } from '../alert-status.ts'
import { readSeverity } from '../severity.ts'

/** TheHive 4 keeps no status but makes it of two facts (api.md §2.5). */
function statusOf(read: boolean, caseId: string | undefined): OlderAlertStatus {
  if (caseId === undefined) return read ? 'Ignored' : 'New'
  return read ? 'Imported' : 'Updated'
}

/**
 * One alert of TheHive 4's v1 API, by hand and without copies like TheHive 5's.
 * @throws WireProblem naming the first field that is not as promised
 */
export function readAlert(value: unknown, scale: TlpScale): Alert {
  const row = wire.asRow(value, 'alert')
  const read = wire.flag(row, 'read', false)
  const caseId = wire.optionalText(row, 'caseId')
  const status = statusOf(read, caseId)
  const alert: Alert = {
    id: wire.id(row),
    type: wire.text(row, 'type'),
    source: wire.text(row, 'source'),
    sourceRef: wire.text(row, 'sourceRef'),
    title: wire.text(row, 'title'),
    description: wire.text(row, 'description'),
    severity: readSeverity(row),
    tlp: wire.tlp(row, scale.fromWire),
    pap: wire.pap(row),
    date: wire.alertDate(row),
    tags: wire.texts(row, 'tags'),
    status,
    stage: stageOf(status, caseId),
    follow: wire.flag(row, 'follow', true),
    read,
    observableCount: wire.optionalNumber(row, 'observableCount') ?? 0,
    customFields: readCustomFields(row),
    createdAt: wire.number(row, '_createdAt'),
    createdBy: wire.text(row, '_createdBy'),
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
  const updatedAt = wire.optionalNumber(row, '_updatedAt')
  if (updatedAt !== undefined) alert.updatedAt = updatedAt
  const updatedBy = wire.optionalText(row, '_updatedBy')
  if (updatedBy !== undefined) alert.updatedBy = updatedBy
}
