import { json, noContent, type Reply } from '../../http/reply.ts'
import { route, type Call, type Route } from '../../http/router.ts'
import { seekAlert, seekCase } from '../../semantics/context.ts'
import { createAlert, setFollow, setRead, updateAlert } from '../../semantics/legacy/four-alerts.ts'
import { promoteAlert } from '../../semantics/legacy/four-links.ts'
import { addObservables } from '../../semantics/legacy/four-observables.ts'
import { notFound } from '../../state/errors.ts'
import type { Parent } from '../../state/types.ts'
import { alertOf, fileSourceOf } from '../lookups.ts'
import { describe } from '../routes-observables.ts'
import { readAlert, readAlertPatch, readObservable, readTemplateName } from './read-four.ts'
import { serializeAlert, serializeCase, serializeObservable } from './serialize-four.ts'

/** Source: who may not create finds no organisation to create in. */
function create({ context, json: body }: Call): Reply {
  if (!context.actor.permissions.has('manageAlert')) throw notFound('Organisation not found')
  return json(201, serializeAlert(context.state, createAlert(context, readAlert(body))))
}

export function addTo(seek: (call: Call) => Parent | undefined) {
  return (call: Call): Reply => {
    const draft = readObservable(call.json, fileSourceOf(call), call.files)
    const added = addObservables(call.context, seek(call), [draft])
    const success = added.success.map(serializeObservable)
    if (added.failure.length === 0) return json(201, success)
    return json(207, { success, failure: added.failure.map(describe) })
  }
}

/** There is no deleting, merging or bulk work here: that is the older API's. */
export const alertRoutesOfFour: Route[] = [
  route('POST', '/api/v1/alert', create),
  route('GET', '/api/v1/alert/:alertId', (call) =>
    json(200, serializeAlert(call.context.state, alertOf(call))),
  ),
  route('PATCH', '/api/v1/alert/:alertId', (call) => {
    updateAlert(call.context, alertOf(call), readAlertPatch(call.json))
    return noContent
  }),
  ...(['read', 'unread'] as const).map((verb) =>
    route('POST', `/api/v1/alert/:alertId/${verb}`, (call) => {
      setRead(call.context, alertOf(call), verb === 'read')
      return noContent
    }),
  ),
  ...(['follow', 'unfollow'] as const).map((verb) =>
    route('POST', `/api/v1/alert/:alertId/${verb}`, (call) => {
      setFollow(call.context, alertOf(call), verb === 'follow')
      return noContent
    }),
  ),
  route('POST', '/api/v1/alert/:alertId/case', (call) => {
    const opened = promoteAlert(call.context, alertOf(call), readTemplateName(call.json))
    return json(201, serializeCase(call.context.state, opened))
  }),
  route(
    'POST',
    '/api/v1/alert/:alertId/artifact',
    addTo(({ context, params }) => seekAlert(context, params.alertId ?? '')),
  ),
  route(
    'POST',
    '/api/v1/case/:caseId/observable',
    addTo(({ context, params }) => seekCase(context, params.caseId ?? '')),
  ),
]
