import { json, noContent } from '../http/reply.ts'
import { route, type Call, type Route } from '../http/router.ts'
import { checkCasePatch, createCase, deleteCase, updateCase } from '../semantics/cases.ts'
import { findCase } from '../semantics/context.ts'
import { caseOf } from './lookups.ts'
import { readCasePatch, readIds, readNewCase } from './read-drafts.ts'
import { serializeCase } from './serialize.ts'

function updateMany(call: Call) {
  const patch = readCasePatch(call.json)
  const cases = readIds(call.json, 'ids').map((id) => findCase(call.context, id))
  for (const each of cases) checkCasePatch(call.context, each, patch)
  for (const each of cases) updateCase(call.context, each, patch)
  return noContent
}

export const caseRoutes: Route[] = [
  route('POST', '/api/v1/case', (call) =>
    json(201, serializeCase(call.context.state, createCase(call.context, readNewCase(call.json)))),
  ),
  route('GET', '/api/v1/case/:caseId', (call) => json(200, serializeCase(call.context.state, caseOf(call)))),
  route('PATCH', '/api/v1/case/_bulk', updateMany),
  route('PATCH', '/api/v1/case/:caseId', (call) => {
    updateCase(call.context, caseOf(call), readCasePatch(call.json))
    return noContent
  }),
  route('DELETE', '/api/v1/case/:caseId', (call) => {
    deleteCase(call.context, caseOf(call))
    return noContent
  }),
]
