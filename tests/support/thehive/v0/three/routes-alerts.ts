import { json, noContent, type Reply } from '../../http/reply.ts'
import { route, type Call, type Route } from '../../http/router.ts'
import { requirePermission } from '../../semantics/context.ts'
import * as alerts from '../../semantics/legacy/three-alerts.ts'
import { mergeAlert, mergeAlerts, promoteAlert } from '../../semantics/legacy/three-links.ts'
import type { Alert } from '../../state/types.ts'
import { each, multiReply } from '../multi-reply.ts'
import { isTrue, parametersOf, type Json } from '../parameters.ts'
import { search } from '../query/search.ts'
import { stats } from '../query/stats.ts'
import { alertOf, caseOf, findAlert, findCase, idsOf, textOf } from './lookups.ts'
import { alertModel, models } from './models.ts'
import { readAlertDraft, readAlertPatch } from './read-alert.ts'
import { showAlert, showAlertWithSimilarity, showCase } from './serialize.ts'

const shown = ({ context }: Call, alert: Alert, status = 200): Reply =>
  json(status, showAlert(context, alert))

const create = (call: Call): Reply => {
  requirePermission(call.context, 'alert')
  return shown(call, alerts.createAlert(call.context, readAlertDraft(call.context, parametersOf(call))), 201)
}

function get(call: Call): Reply {
  const alert = alertOf(call)
  if (!isTrue(call.query.get('similarity'))) return shown(call, alert)
  return json(200, showAlertWithSimilarity(call.context, alert))
}

function update(call: Call): Reply {
  const alert = alertOf(call)
  alerts.updateAlert(call.context, alert, readAlertPatch(call.context, parametersOf(call)))
  return shown(call, alert)
}

/** Source: the rule that forces the status is not run here. */
function updateMany(call: Call): Reply {
  const { context } = call
  requirePermission(context, 'write')
  const { ids: _, ...fields } = parametersOf(call)
  const outcome = each(idsOf(parametersOf(call)), (id) => {
    const alert = findAlert(context, id)
    alerts.storeAlert(context, alert, readAlertPatch(context, fields))
    return showAlert(context, alert)
  })
  return multiReply(200, outcome)
}

const isForced = (call: Call) => isTrue(parametersOf(call).force)

function remove(call: Call): Reply {
  alerts.deleteAlert(call.context, alertOf(call), isForced(call))
  return noContent
}

/** An id that is not there refuses the whole call [inferred]. */
function removeMany(call: Call): Reply {
  requirePermission(call.context, 'admin')
  const found = idsOf(parametersOf(call)).map((id) => findAlert(call.context, id))
  for (const alert of new Set(found)) alerts.deleteAlert(call.context, alert, isForced(call))
  return noContent
}

function promote(call: Call): Reply {
  const { caseTemplate } = parametersOf(call)
  const wanted = typeof caseTemplate === 'string' ? caseTemplate : undefined
  return json(201, showCase(promoteAlert(call.context, alertOf(call), wanted)))
}

function mergeMany(call: Call): Reply {
  const body: Json = parametersOf(call)
  const target = findCase(call.context, textOf(body, 'caseId'))
  const list = idsOf(body, 'alertIds').map((id) => findAlert(call.context, id))
  mergeAlerts(call.context, list, target)
  return json(201, showCase(target))
}

/** A deed without a body that answers the alert. */
const deed = (verb: string, change: (call: Call, alert: Alert) => void) =>
  route('POST', `/alert/:alertId/${verb}`, (call) => {
    const alert = alertOf(call)
    change(call, alert)
    return shown(call, alert)
  })

export const alertRoutes: Route[] = [
  route('GET', '/alert', (call) => search(call, models, alertModel)),
  route('POST', '/alert/_search', (call) => search(call, models, alertModel)),
  route('POST', '/alert/_stats', (call) => stats(call, models, alertModel)),
  route('POST', '/alert', create),
  route('PATCH', '/alert/_bulk', updateMany),
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
  route('POST', '/alert/:alertId/merge/:caseId', (call) =>
    json(201, showCase(mergeAlert(call.context, alertOf(call), caseOf(call)))),
  ),
]
