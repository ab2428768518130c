import { json, noContent, type Reply } from '../../http/reply.ts'
import { publicRoute, route, type Call, type Route } from '../../http/router.ts'
import { findChild, findCase } from '../../semantics/context.ts'
import { mergeCases } from '../../semantics/case-merge.ts'
import {
  checkCasePatch,
  createCase,
  deleteCase,
  openCase,
  updateCase,
} from '../../semantics/legacy/four-cases.ts'
import {
  checkObservablePatch,
  deleteObservable,
  updateObservable,
} from '../../semantics/legacy/four-observables.ts'
import { addProcedures, deleteProcedure, updateProcedure } from '../../semantics/procedures.ts'
import { notFound } from '../../state/errors.ts'
import { readFields } from '../fields-reader.ts'
import { caseOf } from '../lookups.ts'
import { readProcedureDraft, readProcedurePatch } from '../read-children.ts'
import { readIds } from '../read-common.ts'
import { loginRoutes } from '../routes-platform.ts'
import { queryRoutes } from '../routes-query.ts'
import { serializeCustomField } from '../serialize-definitions.ts'
import { visibleAudits } from './audits-four.ts'
import { templateEntity } from './entities-four.ts'
import { languageFour } from './language-four.ts'
import { checked, readCase, readCasePatch, readObservablePatch, readTemplateName } from './read-four.ts'
import { alertRoutesOfFour } from './routes-alerts.ts'
import * as wire from './serialize-four.ts'

const observableOf = ({ context, params }: Call) =>
  findChild(context, 'observable', params.observableId ?? '')
const procedureOf = ({ context, params }: Call) => findChild(context, 'procedure', params.procedureId ?? '')

function status({ context: { state } }: Call): Reply {
  const config = {
    ...{ protectDownloadsWith: 'malware', authType: ['local', 'key'], capabilities: ['authByKey'] },
    ...{ ssoAutoLogin: false, pollingDuration: 1000, freeTagDefaultColour: '#000000' },
  }
  const versions = { Scalligraph: '0.1.0', TheHive: state.version, Play: '2.8.13' }
  return json(200, { versions, connectors: {}, schemaStatus: [], config, cluster: {} })
}

function mergeSeveral({ context, params }: Call): Reply {
  const cases = (params.ids ?? '').split(',').map((id) => findCase(context, id))
  const merged = mergeCases(context, cases, {
    permission: 'manageCase',
    open: (_, input) => openCase(context, { ...input, assignee: context.actor.user.login }, undefined),
  })
  return json(201, wire.serializeCase(context.state, merged))
}

const caseRoutes: Route[] = [
  route('POST', '/api/v1/case/_merge/:ids', mergeSeveral),
  route('POST', '/api/v1/case', ({ context, json: body }) => {
    const opened = createCase(context, readCase(body), readTemplateName(body))
    return json(201, wire.serializeCase(context.state, opened))
  }),
  route('GET', '/api/v1/case/:caseId', (call) =>
    json(200, wire.serializeCase(call.context.state, caseOf(call))),
  ),
  route('PATCH', '/api/v1/case/:caseId', (call) => {
    const patch = readCasePatch(call.json)
    checkCasePatch(call.context, patch)
    updateCase(call.context, caseOf(call), patch)
    return noContent
  }),
  route('DELETE', '/api/v1/case/:caseId', (call) => {
    deleteCase(call.context, caseOf(call))
    return noContent
  }),
]

/** All or nothing. */
function updateObservables(call: Call): Reply {
  const observables = readIds(call.json).map((id) => findChild(call.context, 'observable', id))
  const patch = readObservablePatch(call.json)
  for (const observable of observables) checkObservablePatch(call.context, observable, patch)
  for (const observable of observables) updateObservable(call.context, observable, patch)
  return noContent
}

const observableRoutes: Route[] = [
  route('GET', '/api/v1/observable/:observableId', (call) =>
    json(200, wire.serializeObservable(observableOf(call))),
  ),
  route('PATCH', '/api/v1/observable/_bulk', updateObservables),
  route('PATCH', '/api/v1/observable/:observableId', (call) => {
    updateObservable(call.context, observableOf(call), readObservablePatch(call.json))
    return noContent
  }),
  route('DELETE', '/api/v1/observable/:observableId', (call) => {
    deleteObservable(call.context, observableOf(call))
    return noContent
  }),
]

/** Of cases alone, which the body names. */
function addProcedure({ context, json: body }: Call): Reply {
  const draft = checked(() => readProcedureDraft(body))
  const target = findCase(
    context,
    checked(() => readFields(body).requiredText('caseId', { max: 128 })),
  )
  const [procedure] = addProcedures(context, target, [draft])
  return json(201, procedure && wire.serializeProcedure(procedure))
}

const procedureRoutes: Route[] = [
  route('POST', '/api/v1/procedure', addProcedure),
  route('GET', '/api/v1/procedure/:procedureId', (call) =>
    json(200, wire.serializeProcedure(procedureOf(call))),
  ),
  route('PATCH', '/api/v1/procedure/:procedureId', (call) => {
    updateProcedure(
      call.context,
      procedureOf(call),
      checked(() => readProcedurePatch(call.json)),
    )
    return noContent
  }),
  route('DELETE', '/api/v1/procedure/:procedureId', (call) => {
    deleteProcedure(call.context, procedureOf(call))
    return noContent
  }),
]

const latest = 10

const definitionRoutes: Route[] = [
  route('GET', '/api/v1/customField', ({ context }) =>
    json(200, context.state.customFields.map(serializeCustomField)),
  ),
  route('GET', '/api/v1/caseTemplate', ({ context: { state } }) =>
    json(
      200,
      state.caseTemplates.map((template) => wire.serializeTemplate(state, template)),
    ),
  ),
  route('GET', '/api/v1/caseTemplate/:id', ({ context, params }) => {
    const found = templateEntity.get?.(context, params.id ?? '')
    if (!found) throw notFound('CaseTemplate not found')
    return json(200, templateEntity.serialize(context, found))
  }),
  route('GET', '/api/v1/audit', ({ context }) =>
    json(
      200,
      visibleAudits(context)
        .slice(-latest)
        .map((audit) => wire.serializeAudit(context.state, audit)),
    ),
  ),
]

/** TheHive 4's `/api/v1`; what it lacks is in its older API. */
export const routesOfFour = (): Route[] => [
  publicRoute('GET', '/api/v1/status', status),
  ...loginRoutes,
  ...queryRoutes(languageFour, { canExclude: false }),
  ...alertRoutesOfFour,
  ...caseRoutes,
  ...observableRoutes,
  ...procedureRoutes,
  ...definitionRoutes,
]
