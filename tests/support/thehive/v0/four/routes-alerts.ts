import { json, noContent, type Reply } from '../../http/reply.ts'
import { route, type Call, type Route } from '../../http/router.ts'
import { findAlert, findCase, requirePermission } from '../../semantics/context.ts'
import * as alerts from '../../semantics/legacy/four-alerts.ts'
import { mergeAlerts, promoteAlert } from '../../semantics/legacy/four-links.ts'
import type { Alert } from '../../state/types.ts'
import { isTrue, parametersOf } from '../parameters.ts'
import { search } from '../query/search.ts'
import { stats } from '../query/stats.ts'
import { fieldsOf } from './fields.ts'
import { alertOf, caseOf, idsOf } from './lookups.ts'
import { alertModel, models } from './models.ts'
import { readAlertDraft, readAlertPatch } from './read-alert.ts'
import { showAlert, showAlertWithSimilarity, showCase } from './serialize.ts'

function create(call: Call): Reply {
  requirePermission(call.context, 'manageAlert')
  const draft = readAlertDraft(call.context, parametersOf(call))
  return json(201, showAlert(alerts.createAlert(call.context, draft)))
}

function get(call: Call): Reply {
  const alert = alertOf(call)
  const wanted = isTrue(call.query.get('similarity'))
  return json(200, wanted ? showAlertWithSimilarity(call.context, alert) : showAlert(alert))
}

function update(call: Call): Reply {
  const alert = alertOf(call)
  alerts.updateAlert(call.context, alert, readAlertPatch(parametersOf(call)))
  return json(200, showAlert(alert))
}

function remove(call: Call): Reply {
  alerts.deleteAlert(call.context, alertOf(call))
  return noContent
}

/** Source: one transaction; an id that is not there leaves everything as it is. */
function removeMany(call: Call): Reply {
  requirePermission(call.context, 'manageAlert')
  const found = idsOf(call).map((id) => findAlert(call.context, id))
  for (const alert of new Set(found)) alerts.deleteAlert(call.context, alert)
  return noContent
}

function promote(call: Call): Reply {
  const wanted = fieldsOf(parametersOf(call)).text('caseTemplate')
  return json(201, showCase(call.context, promoteAlert(call.context, alertOf(call), wanted)))
}

function merge(call: Call): Reply {
  const [alert, target] = [alertOf(call), caseOf(call)]
  mergeAlerts(call.context, [alert], target)
  return json(200, showCase(call.context, target))
}

function mergeMany(call: Call): Reply {
  const fields = fieldsOf(parametersOf(call))
  const caseId = fields.required('caseId')
  fields.done()
  const target = findCase(call.context, caseId)
  const list = idsOf(call, 'alertIds').map((id) => findAlert(call.context, id))
  mergeAlerts(call.context, list, target)
  return json(200, showCase(call.context, target))
}

/** A deed without a body that answers the alert. */
const deed = (verb: string, change: (call: Call, alert: Alert) => void) =>
  route('POST', `/alert/:alertId/${verb}`, (call) => {
    const alert = alertOf(call)
    change(call, alert)
    return json(200, showAlert(alert))
  })

/** There is no bulk update: `_bulk` is read as an id, and not found. */
export const alertRoutes: Route[] = [
  route('GET', '/alert', (call) => search(call, models, alertModel)),
  route('POST', '/alert/_search', (call) => search(call, models, alertModel)),
  route('POST', '/alert/_stats', (call) => stats(call, models, alertModel)),
  route('POST', '/alert', create),
  route('POST', '/alert/delete/_bulk', removeMany),
  route('POST', '/alert/merge/_bulk', mergeMany),
  route('GET', '/alert/:alertId', get),
  route('PATCH', '/alert/:alertId', update),
  route('DELETE', '/alert/:alertId', remove),
  deed('markAsRead', ({ context }, alert) => alerts.setRead(context, alert, true)),
  deed('markAsUnread', ({ context }, alert) => alerts.setRead(context, alert, false)),
  deed('follow', ({ context }, alert) => alerts.setFollow(context, alert, true)),
  deed('unfollow', ({ context }, alert) => alerts.setFollow(context, alert, false)),
  route('POST', '/alert/:alertId/createCase', promote),
  route('POST', '/alert/:alertId/merge/:caseId', merge),
]
