import { json, noContent, type Reply } from '../../http/reply.ts'
import { route, type Call, type Route } from '../../http/router.ts'
import { requirePermission } from '../../semantics/context.ts'
import type { FileInput } from '../../semantics/drafts.ts'
import * as artifacts from '../../semantics/legacy/three-artifacts.ts'
import { badRequest } from '../../state/errors.ts'
import { each, multiReply } from '../multi-reply.ts'
import { isTrue, parametersOf, type Json } from '../parameters.ts'
import { search } from '../query/search.ts'
import { stats } from '../query/stats.ts'
import { unzip } from '../zipped-files.ts'
import { artifactModel as attributes } from './attribute-models.ts'
import { checkUpdate } from './attributes.ts'
import { artifactOf, caseOf, findArtifact, idsOf } from './lookups.ts'
import { artifactModel, models } from './models.ts'
import { showArtifact } from './serialize.ts'

type Content = { data?: string; file?: FileInput }

/** Source: exactly one of data and file; texts are trimmed. */
function contentsOf({ context, files }: Call, body: Json): Content[] {
  const uploaded = files.get('attachment') ?? []
  const { data } = body
  const texts = (Array.isArray(data) ? data.map(String) : typeof data === 'string' ? [data] : []).map(
    (text) => text.trim(),
  )
  if (texts.length > 0 === uploaded.length > 0) {
    throw badRequest('Artifact must contain either data or an attachment')
  }
  if (uploaded.length === 0) return texts.map((text) => ({ data: text }))
  const unpacked = isTrue(body.isZip) ? unzip(context.state.blobs, uploaded, body.zipPassword) : uploaded
  return unpacked.map((file) => ({ file }))
}

function add(call: Call): Reply {
  const { context } = call
  requirePermission(context, 'write')
  const target = caseOf(call)
  const body = parametersOf(call)
  const fields = readDraft(call, body)
  const contents = contentsOf(call, body)
  const outcome = each(contents, (content) =>
    showArtifact(artifacts.addCaseArtifact(context, target, { ...fields, ...content })),
  )
  const isList = Array.isArray(body.data) || contents.length > 1
  if (isList) return multiReply(201, outcome)
  const [success] = outcome.success
  return success ? json(201, success) : json(400, outcome.failure[0])
}

function readDraft({ context }: Call, body: Json) {
  const { dataType, message, tlp, ioc, sighted, startDate } = body
  const tags = Array.isArray(body.tags) ? body.tags.map(String) : []
  if (typeof message !== 'string' && tags.length === 0) {
    throw badRequest('Artifact must contain a message or one or more tags')
  }
  if (typeof dataType !== 'string' || !context.state.observableTypes.some(({ name }) => name === dataType)) {
    throw badRequest(`dataType ${String(dataType)} is not in the list of artifact types`)
  }
  return {
    dataType,
    message: typeof message === 'string' ? message : undefined,
    tlp: typeof tlp === 'number' ? tlp : undefined,
    startDate: typeof startDate === 'number' ? startDate : undefined,
    ...{ tags, ioc: isTrue(ioc), sighted: isTrue(sighted) },
  }
}

function change(call: Call, id: string, body: Json): Json {
  const observable = findArtifact(call.context, id)
  const { message, tlp, tags, ioc, sighted } = checkUpdate(attributes, body) as artifacts.CaseArtifactPatch
  artifacts.updateCaseArtifact(call.context, observable, { message, tlp, tags, ioc, sighted })
  return showArtifact(observable)
}

function updateMany(call: Call): Reply {
  requirePermission(call.context, 'write')
  const { ids: _, ...fields } = parametersOf(call)
  return multiReply(
    200,
    each(idsOf(parametersOf(call)), (id) => change(call, id, fields)),
  )
}

/** The same thing in other cases. */
function similar(call: Call): Reply {
  const observable = artifactOf(call)
  const others = [...call.context.space.sightingsOf(observable)].filter(
    (other) => other !== observable && other.parent.kind === 'case' && !other.isDeleted,
  )
  return json(200, others.map(showArtifact))
}

export const artifactRoutes: Route[] = [
  route('POST', '/case/artifact/_search', (call) => search(call, models, artifactModel)),
  route('POST', '/case/artifact/_stats', (call) => stats(call, models, artifactModel)),
  route('PATCH', '/case/artifact/_bulk', updateMany),
  route('POST', '/case/:caseId/artifact', add),
  route('POST', '/case/:caseId/artifact/_search', (call) => {
    const target = caseOf(call)
    return search(call, models, { ...artifactModel, rows: () => target.observables })
  }),
  route('GET', '/case/artifact/:artifactId', (call) => json(200, showArtifact(artifactOf(call)))),
  route('PATCH', '/case/artifact/:artifactId', (call) =>
    json(200, change(call, call.params.artifactId ?? '', parametersOf(call))),
  ),
  route('DELETE', '/case/artifact/:artifactId', (call) => {
    artifacts.deleteCaseArtifact(call.context, artifactOf(call))
    return noContent
  }),
  route('GET', '/case/artifact/:artifactId/similar', similar),
]
