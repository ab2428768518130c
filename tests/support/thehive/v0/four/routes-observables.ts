import { json, noContent, type Reply } from '../../http/reply.ts'
import { route, type Call, type Route } from '../../http/router.ts'
import { findChild, seekAlert, seekCase } from '../../semantics/context.ts'
import {
  addObservables,
  checkObservablePatch,
  deleteObservable,
  updateObservable,
} from '../../semantics/legacy/four-observables.ts'
import type { Failure } from '../../semantics/observables.ts'
import { isTrue, parametersOf, type Json } from '../parameters.ts'
import { search } from '../query/search.ts'
import { stats } from '../query/stats.ts'
import { idsOf, observableOf } from './lookups.ts'
import { models, observableModel } from './models.ts'
import { readObservable, readObservablePatch } from './read-observable.ts'
import { showObservable } from './serialize.ts'

/** Source: what was refused is told beside what was added, also when nothing was. */
function add(call: Call): Reply {
  const { context, params, files } = call
  const { alertId, caseId = '' } = params
  const parent = alertId === undefined ? seekCase(context, caseId) : seekAlert(context, alertId)
  const draft = readObservable(context, parametersOf(call), {
    files: files.get('attachment') ?? [],
    inlineFiles: alertId !== undefined,
    prefix: '',
  })
  const added = addObservables(context, parent, [draft])
  const success = added.success.map(showObservable)
  return added.failure.length === 0
    ? json(201, success)
    : json(207, { success, failure: added.failure.map(showFailure) })
}

function showFailure({ error, object: { data, attachment } }: Failure): Json {
  const { type, message } = error
  if (!attachment) return { type, message, object: { data } }
  const { name, contentType, blob } = attachment
  const hashes = [blob.sha256, blob.sha1, blob.md5]
  return {
    type,
    message,
    object: { attachment: { name, contentType, size: blob.size, hashes, id: blob.sha256 } },
  }
}

function update(call: Call): Reply {
  const observable = observableOf(call)
  updateObservable(call.context, observable, readObservablePatch(parametersOf(call)))
  return json(200, showObservable(observable))
}

function updateMany(call: Call): Reply {
  const found = idsOf(call).map((id) => findChild(call.context, 'observable', id))
  const patch = readObservablePatch(parametersOf(call))
  for (const observable of found) checkObservablePatch(call.context, observable, patch)
  for (const observable of found) updateObservable(call.context, observable, patch)
  return noContent
}

function remove(call: Call): Reply {
  deleteObservable(call.context, observableOf(call))
  return noContent
}

/** The same thing elsewhere in the organisation. */
function similar(call: Call): Reply {
  const observable = observableOf(call)
  const others = [...call.context.space.sightingsOf(observable)].filter(
    (other) => other !== observable && !other.ignoreSimilarity,
  )
  return json(200, others.map(showObservable))
}

function get(call: Call): Reply {
  const observable = observableOf(call)
  const shown = showObservable(observable)
  return json(200, isTrue(call.query.get('nstats')) ? { ...shown, stats: {} } : shown)
}

/** Source: the paths of cases and of alerts lead to the same observables. */
const single = (parent: 'alert' | 'case'): Route[] => [
  route('POST', `/${parent}/artifact/_search`, (call) => search(call, models, observableModel)),
  route('POST', `/${parent}/artifact/_stats`, (call) => stats(call, models, observableModel)),
  route('PATCH', `/${parent}/artifact/_bulk`, updateMany),
  route('GET', `/${parent}/artifact/:observableId`, get),
  route('PATCH', `/${parent}/artifact/:observableId`, update),
  route('DELETE', `/${parent}/artifact/:observableId`, remove),
  route('GET', `/${parent}/artifact/:observableId/similar`, similar),
]

export const observableRoutes: Route[] = [
  route('POST', '/alert/:alertId/artifact', add),
  route('POST', '/case/:caseId/artifact', add),
  ...single('alert'),
  ...single('case'),
]
