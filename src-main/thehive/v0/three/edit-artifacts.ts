import { ForagerError } from '#shared/errors/forager-error.ts'
import { readOne } from '../../api.ts'
import * as wire from '../../wire-fields.ts'
import type { Row } from '../../wire-fields.ts'
import { lacks } from '../older-api.ts'
import type { OlderApi } from '../older-api.ts'
import { rawAlert } from './alerts.ts'
import { editsArtifacts, reasons } from './lacking.ts'
import { patchOne } from './update-alerts.ts'

/**
 * Read, change, write back: TheHive 3 has no other way to an alert's observables (api.md §2.3), and takes the whole list
 * only. Between the two requests a colleague's change to the same list can be lost, so they follow each other at once. `edit`
 * answers the new list, or undefined when there is nothing to write. Answers the alert as it is then.
 * @throws ForagerError `not-found` when the alert is gone or hidden, `rejected` where the version keeps the list as it was created
 */
export async function editArtifacts(
  api: OlderApi,
  alertId: string,
  signal: AbortSignal,
  edit: (artifacts: Row[]) => Row[] | undefined,
): Promise<unknown> {
  if (!editsArtifacts(api.version)) throw lacks(reasons.editArtifacts)
  const alert = await rawAlert(api, alertId, signal)
  if (alert === undefined) throw new ForagerError('not-found', `${api.http.host} has no such alert.`)
  const rows = readOne(api, alert, () =>
    wire.list(alert, 'artifacts').map((row) => wire.asRow(row, 'artifact')),
  )
  const artifacts = edit(rows.map(writable))
  return artifacts === undefined ? alert : patchOne(api, alertId, { artifacts }, signal)
}

/** As it came, without what only an answer carries. */
function writable({ seen: _, ...row }: Row): Row {
  return row
}
