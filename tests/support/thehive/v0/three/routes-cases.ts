import { json, noContent, type Reply } from '../../http/reply.ts'
import { route, type Call, type Route } from '../../http/router.ts'
import { requirePermission } from '../../semantics/context.ts'
import * as cases from '../../semantics/legacy/three-cases.ts'
import { notFound } from '../../state/errors.ts'
import { each, multiReply } from '../multi-reply.ts'
import { isTrue, parametersOf } from '../parameters.ts'
import { search } from '../query/search.ts'
import { stats } from '../query/stats.ts'
import { caseOf, findCase, findTask, idsOf } from './lookups.ts'
import * as models from './models.ts'
import { readCaseDraft, readCasePatch } from './read-case.ts'
import { showCase, showTask, showTemplate } from './serialize.ts'

function create(call: Call): Reply {
  requirePermission(call.context, 'write')
  const body = parametersOf(call)
  const template = typeof body.template === 'string' ? body.template : undefined
  return json(201, showCase(cases.createCase(call.context, readCaseDraft(call.context, body), template)))
}

function update(call: Call): Reply {
  const target = caseOf(call)
  cases.updateCase(call.context, target, readCasePatch(call.context, parametersOf(call)))
  return json(200, showCase(target))
}

function updateMany(call: Call): Reply {
  requirePermission(call.context, 'write')
  const { ids: _, ...fields } = parametersOf(call)
  const outcome = each(idsOf(parametersOf(call)), (id) => {
    const target = findCase(call.context, id)
    cases.updateCase(call.context, target, readCasePatch(call.context, fields))
    return showCase(target)
  })
  return multiReply(200, outcome)
}

const remove =
  (force: boolean) =>
  (call: Call): Reply => {
    cases.deleteCase(call.context, caseOf(call), force)
    return noContent
  }

function template({ context, params }: Call): Reply {
  const { templateId = '' } = params
  const found = context.state.caseTemplates.find(({ id }) => id === templateId)
  if (!found) throw notFound(`caseTemplate ${templateId} not found`)
  return json(200, showTemplate(found))
}

export const caseRoutes: Route[] = [
  route('GET', '/case', (call) => search(call, models.models, models.caseModel)),
  route('POST', '/case/_search', (call) => search(call, models.models, models.caseModel)),
  route('POST', '/case/_stats', (call) => stats(call, models.models, models.caseModel)),
  route('POST', '/case', create),
  route('PATCH', '/case/_bulk', updateMany),
  route('GET', '/case/:caseId', (call) =>
    json(200, showCase(caseOf(call), isTrue(call.query.get('nstats')))),
  ),
  route('PATCH', '/case/:caseId', update),
  route('DELETE', '/case/:caseId', remove(false)),
  route('DELETE', '/case/:caseId/force', remove(true)),
  route('POST', '/case/template/_search', (call) => search(call, models.models, models.templateModel)),
  route('GET', '/case/template/:templateId', template),
  route('POST', '/case/task/_search', (call) => search(call, models.models, models.taskModel)),
  route('POST', '/case/:caseId/task/_search', (call) => {
    const { id } = caseOf(call)
    const model = { ...models.taskModel, rows: () => findCase(call.context, id).tasks }
    return search(call, models.models, model)
  }),
  route('POST', '/case/task/_stats', (call) => stats(call, models.models, models.taskModel)),
  route('GET', '/case/task/:taskId', ({ context, params }) =>
    json(200, showTask(findTask(context, params.taskId ?? ''))),
  ),
]
