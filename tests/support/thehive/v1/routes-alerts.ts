import { json, noContent, type Reply } from '../http/reply.ts'
import { route, since, type Call, type Route } from '../http/router.ts'
import {
  checkAlertPatch,
  createAlert,
  deleteAlert,
  setFollow,
  settleNewAlert,
  updateAlert,
} from '../semantics/alerts.ts'
import { findAlert, findCase, requirePermission } from '../semantics/context.ts'
import { importAlert, mergeAlerts, promoteAlert, unlinkAlert } from '../semantics/links.ts'
import type { Alert } from '../state/types.ts'
import { readFields } from './fields-reader.ts'
import { alertOf, caseOf, fileSourceOf } from './lookups.ts'
import { readAlertDraft, readAlertPatch } from './read-alerts.ts'
import { readCaseInput } from './read-cases.ts'
import { readIds } from './read-common.ts'
import { serializeAlert, serializeCase } from './serialize.ts'

const named = (call: Call, key?: string): Alert[] =>
  readIds(call.json, key).map((id) => findAlert(call.context, id))

/** The reply shows the new alert before its observables stamp it. */
function create(call: Call): Reply {
  const alert = createAlert(call.context, readAlertDraft(call.json, fileSourceOf(call)))
  const reply = json(201, serializeAlert(call.context.state, alert))
  settleNewAlert(call.context, alert)
  return reply
}

/** All or nothing: an id that is not there refuses the whole call. */
function updateMany(call: Call): Reply {
  const patch = readAlertPatch(call.json, call.context.server)
  const alerts = named(call)
  for (const alert of alerts) checkAlertPatch(call.context, alert, patch)
  for (const alert of alerts) updateAlert(call.context, alert, patch)
  return noContent
}

function deleteMany(call: Call): Reply {
  requirePermission(call.context, 'manageAlert/delete')
  for (const alert of new Set(named(call))) deleteAlert(call.context, alert)
  return noContent
}

function promote(call: Call): Reply {
  const input = readCaseInput(call.json, call.context.server)
  return json(201, serializeCase(call.context.state, promoteAlert(call.context, alertOf(call), input)))
}

function merge(call: Call): Reply {
  const [alert, target] = [alertOf(call), caseOf(call)]
  mergeAlerts(call.context, [alert], target)
  return json(200, serializeCase(call.context.state, target))
}

function mergeMany(call: Call): Reply {
  const target = findCase(call.context, readFields(call.json).requiredText('caseId', { max: 128 }))
  mergeAlerts(call.context, named(call, 'alertIds'), target)
  return json(200, serializeCase(call.context.state, target))
}

function importInto(call: Call): Reply {
  const [alert, target] = [alertOf(call), caseOf(call)]
  importAlert(call.context, alert, target)
  return json(200, serializeCase(call.context.state, target))
}

export const alertRoutes: Route[] = [
  route('POST', '/api/v1/alert', create),
  route('GET', '/api/v1/alert/:alertId', (call) =>
    json(200, serializeAlert(call.context.state, alertOf(call))),
  ),
  route('PATCH', '/api/v1/alert/_bulk', updateMany),
  route('PATCH', '/api/v1/alert/:alertId', (call) => {
    updateAlert(call.context, alertOf(call), readAlertPatch(call.json, call.context.server))
    return noContent
  }),
  route('DELETE', '/api/v1/alert/:alertId', (call) => {
    deleteAlert(call.context, alertOf(call))
    return noContent
  }),
  route('POST', '/api/v1/alert/delete/_bulk', deleteMany),
  ...(['follow', 'unfollow'] as const).map((verb) =>
    route('POST', `/api/v1/alert/:alertId/${verb}`, (call) => {
      setFollow(call.context, alertOf(call), verb === 'follow')
      return noContent
    }),
  ),
  route('POST', '/api/v1/alert/:alertId/case', promote),
  route('POST', '/api/v1/alert/merge/_bulk', mergeMany),
  route('POST', '/api/v1/alert/:alertId/merge/:caseId', merge),
  ...since('5.4.6', [route('POST', '/api/v1/alert/:alertId/import/:caseId', importInto)]),
  route('DELETE', '/api/v1/case/:caseId/alert/:alertId', (call) => {
    unlinkAlert(call.context, alertOf(call), caseOf(call))
    return noContent
  }),
]
