import { json, noContent, type Reply } from '../../http/reply.ts'
import { route, type Call, type Route } from '../../http/router.ts'
import { findCase, requirePermission } from '../../semantics/context.ts'
import * as cases from '../../semantics/legacy/four-cases.ts'
import { notFound } from '../../state/errors.ts'
import { isTrue, parametersOf } from '../parameters.ts'
import { search } from '../query/search.ts'
import { stats } from '../query/stats.ts'
import { fieldsOf } from './fields.ts'
import { caseOf, idsOf } from './lookups.ts'
import * as models from './models.ts'
import { readCaseDraft, readCasePatch } from './read-case.ts'
import { showCase, showTask, showTemplate } from './serialize.ts'

function create(call: Call): Reply {
  requirePermission(call.context, 'manageCase')
  const body = parametersOf(call)
  const template = fieldsOf(body).text('template')
  return json(201, showCase(call.context, cases.createCase(call.context, readCaseDraft(body), template)))
}

function update(call: Call): Reply {
  const target = caseOf(call)
  cases.updateCase(call.context, target, readCasePatch(parametersOf(call)))
  return json(200, showCase(call.context, target))
}

/** One transaction: an id that is not there leaves everything as it is. */
function updateMany(call: Call): Reply {
  const { context } = call
  const found = idsOf(call).map((id) => findCase(context, id))
  const patch = readCasePatch(parametersOf(call))
  cases.checkCasePatch(context, patch)
  for (const target of found) cases.updateCase(context, target, patch)
  return json(
    200,
    found.map((target) => showCase(context, target)),
  )
}

function remove(call: Call): Reply {
  cases.deleteCase(call.context, caseOf(call))
  return noContent
}

function template({ context, params }: Call): Reply {
  const { templateId } = params
  const found = context.state.caseTemplates.find(({ id, name }) => id === templateId || name === templateId)
  if (!found) throw notFound('CaseTemplate not found')
  return json(200, showTemplate(found))
}

function task({ context, params }: Call): Reply {
  const found = context.state.find('task', params.taskId ?? '')
  if (found?.parent.organisation !== context.actor.organisation) throw notFound('Task not found')
  return json(200, showTask(found))
}

const list = (path: string, model: (typeof models)['caseModel']): Route[] => [
  route('POST', `${path}/_search`, (call) => search(call, models.models, model)),
  route('POST', `${path}/_stats`, (call) => stats(call, models.models, model)),
]

export const caseRoutes: Route[] = [
  route('GET', '/case', (call) => search(call, models.models, models.caseModel)),
  ...list('/case', models.caseModel),
  route('POST', '/case', create),
  route('PATCH', '/case/_bulk', updateMany),
  route('GET', '/case/:caseId', (call) =>
    json(200, showCase(call.context, caseOf(call), isTrue(call.query.get('nstats')))),
  ),
  route('PATCH', '/case/:caseId', update),
  route('DELETE', '/case/:caseId', remove),
  route('DELETE', '/case/:caseId/force', remove),
  route('GET', '/case/template', (call) => search(call, models.models, models.templateModel)),
  ...list('/case/template', models.templateModel),
  route('GET', '/case/template/:templateId', template),
  ...list('/case/task', models.taskModel),
  route('GET', '/case/task/:taskId', task),
]
