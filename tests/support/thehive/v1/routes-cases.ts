import { json, noContent, type Reply } from '../http/reply.ts'
import { route, since, type Call, type Route } from '../http/router.ts'
import { applyTemplate } from '../semantics/apply-template.ts'
import { mergeCases, mergeEqualObservables } from '../semantics/case-merge.ts'
import { checkCasePatch, createCase, deleteCase, updateCase } from '../semantics/cases.ts'
import { findCase } from '../semantics/context.ts'
import { createPage, deletePage, updatePage } from '../semantics/pages.ts'
import type { Case } from '../state/types.ts'
import { caseOf, pageOf } from './lookups.ts'
import { readCasePatch, readNewCase, readPage, readPagePatch, readTemplateChoice } from './read-cases.ts'
import { readIds } from './read-common.ts'
import { serializeCase } from './serialize.ts'
import { serializePage } from './serialize-children.ts'

const named = (call: Call): Case[] => readIds(call.json).map((id) => findCase(call.context, id))

function create({ context, json: body }: Call): Reply {
  const created = createCase(context, readNewCase(body, context.server))
  return json(201, serializeCase(context.state, created))
}

/** All or nothing. */
function updateMany(call: Call): Reply {
  const patch = readCasePatch(call.json, call.context.server)
  const cases = named(call)
  for (const each of cases) checkCasePatch(call.context, each, patch)
  for (const each of cases) updateCase(call.context, each, patch)
  return noContent
}

function merge({ context, params }: Call): Reply {
  const cases = (params.ids ?? '').split(',').map((id) => findCase(context, id))
  return json(201, serializeCase(context.state, mergeCases(context, cases)))
}

const pageRoutes: Route[] = [
  route('POST', '/api/v1/case/:caseId/page', (call) =>
    json(201, serializePage(createPage(call.context, caseOf(call), readPage(call.json)))),
  ),
  route('PATCH', '/api/v1/case/:caseId/page/:pageId', (call) => {
    updatePage(call.context, pageOf(call), readPagePatch(call.json))
    return noContent
  }),
  route('DELETE', '/api/v1/case/:caseId/page/:pageId', (call) => {
    deletePage(call.context, pageOf(call))
    return noContent
  }),
]

export const caseRoutes: Route[] = [
  route('POST', '/api/v1/case', create),
  route('GET', '/api/v1/case/:caseId', (call) => json(200, serializeCase(call.context.state, caseOf(call)))),
  route('PATCH', '/api/v1/case/_bulk', updateMany),
  route('PATCH', '/api/v1/case/:caseId', (call) => {
    updateCase(call.context, caseOf(call), readCasePatch(call.json, call.context.server))
    return noContent
  }),
  route('DELETE', '/api/v1/case/:caseId', (call) => {
    deleteCase(call.context, caseOf(call))
    return noContent
  }),
  route('POST', '/api/v1/case/_merge/:ids', merge),
  route('POST', '/api/v1/case/:caseId/observable/_merge', (call) =>
    json(200, mergeEqualObservables(call.context, caseOf(call))),
  ),
  ...since('5.1.0', [
    route('POST', '/api/v1/case/_bulk/caseTemplate', (call) => {
      applyTemplate(call.context, named(call), readTemplateChoice(call.json))
      return noContent
    }),
  ]),
  ...pageRoutes,
]
