import { json, noContent } from '../http/reply.ts'
import { route, since, type Call, type Route } from '../http/router.ts'
import { applyCustomFields } from '../semantics/custom-fields.ts'
import {
  addDefinition,
  changeDefinition,
  customFieldShelf,
  observableTypeShelf,
  removeDefinition,
  statusShelf,
  templateShelf,
  viewShelf,
} from '../semantics/definitions.ts'
import { notFound } from '../state/errors.ts'
import type { CaseTemplate, Stage, Stamps } from '../state/types.ts'
import { viewsOf } from './definition-entities.ts'
import { readFields } from './fields-reader.ts'
import {
  readCustomFieldPatch,
  readNewCustomField,
  readNewStatus,
  readNewTemplate,
  readNewView,
  readStatusPatch,
  readTemplatePatch,
  readViewPatch,
} from './read-definitions.ts'
import * as wire from './serialize-definitions.ts'

/** The definition whose id (or other name) the path gives. */
function pick<D extends Stamps>(all: readonly D[], call: Call, nameOf?: (definition: D) => string): D {
  const wanted = call.params.id
  const found = all.find((each) => each.id === wanted || nameOf?.(each) === wanted)
  if (!found) throw notFound(`${wanted} not found`)
  return found
}

function statusRoutes(kind: 'alert' | 'case', stages: readonly Stage[]): Route[] {
  const shelf = statusShelf(kind)
  const serialize = wire.serializeStatus(kind === 'alert' ? 'AlertStatus' : 'CaseStatus')
  const path = `/api/v1/${kind}Status`
  return [
    route('POST', path, ({ context, json: body }) => {
      const definition = addDefinition(context, shelf, readNewStatus(body, context.server, stages))
      return json(201, serialize(context.state, definition))
    }),
    route('PATCH', `${path}/:id`, (call) => {
      const { order, colour, hidden, description } = readStatusPatch(
        readFields(call.json),
        call.context.server,
      )
      const definition = pick(shelf.all(call.context), call)
      const { order: o, colour: c, hidden: h } = definition
      const patch = { order: order ?? o, colour: colour ?? c, hidden: hidden ?? h, description }
      changeDefinition(call.context, shelf, { definition, patch })
      return noContent
    }),
    route('DELETE', `${path}/:id`, (call) => {
      removeDefinition(call.context, shelf, pick(shelf.all(call.context), call))
      return noContent
    }),
  ]
}

const customFieldRoutes: Route[] = [
  route('GET', '/api/v1/customField', ({ context }) =>
    json(200, context.state.customFields.map(wire.serializeCustomField)),
  ),
  route('POST', '/api/v1/customField', ({ context, json: body }) => {
    const definition = addDefinition(context, customFieldShelf, readNewCustomField(body))
    return json(201, wire.serializeCustomField(definition))
  }),
  route('PATCH', '/api/v1/customField/:id', (call) => {
    const definition = pick(call.context.state.customFields, call, ({ name }) => name)
    changeDefinition(call.context, customFieldShelf, { definition, patch: readCustomFieldPatch(call.json) })
    return noContent
  }),
  route('DELETE', '/api/v1/customField/:id', (call) => {
    const definition = pick(call.context.state.customFields, call, ({ name }) => name)
    removeDefinition(call.context, customFieldShelf, definition)
    return noContent
  }),
]

const templateOf = (call: Call): CaseTemplate =>
  pick(call.context.state.caseTemplates, call, ({ name }) => name)

const templateRoutes: Route[] = [
  route('POST', '/api/v1/caseTemplate', ({ context, json: body }) => {
    const { fields, ...plain } = readNewTemplate(body, context.server)
    const customFields = applyCustomFields(context.state, [], fields)
    const definition = addDefinition(context, templateShelf, { ...plain, customFields })
    return json(201, wire.serializeTemplate(context.state, definition))
  }),
  route('GET', '/api/v1/caseTemplate/:id', (call) =>
    json(200, wire.serializeTemplate(call.context.state, templateOf(call))),
  ),
  route('PATCH', '/api/v1/caseTemplate/:id', (call) => {
    const { context } = call
    const definition = templateOf(call)
    const { fields, ...plain } = readTemplatePatch(call.json, context.server)
    const customFields = applyCustomFields(context.state, definition.customFields, fields)
    changeDefinition(context, templateShelf, { definition, patch: { ...plain, customFields } })
    return noContent
  }),
  route('DELETE', '/api/v1/caseTemplate/:id', (call) => {
    removeDefinition(call.context, templateShelf, templateOf(call))
    return noContent
  }),
]

const observableTypeRoutes: Route[] = [
  route('POST', '/api/v1/observable/type', ({ context, json: body }) => {
    const fields = readFields(body)
    const plain = {
      name: fields.requiredText('name', { max: 64 }),
      isAttachment: fields.boolean('isAttachment') ?? false,
    }
    return json(201, wire.serializeObservableType(addDefinition(context, observableTypeShelf, plain)))
  }),
  route('GET', '/api/v1/observable/type/:id', (call) =>
    json(
      200,
      wire.serializeObservableType(pick(call.context.state.observableTypes, call, ({ name }) => name)),
    ),
  ),
  route('DELETE', '/api/v1/observable/type/:id', (call) => {
    const definition = pick(call.context.state.observableTypes, call, ({ name }) => name)
    removeDefinition(call.context, observableTypeShelf, definition)
    return noContent
  }),
]

const patternRoutes: Route[] = [
  route('GET', '/api/v1/pattern/:id', (call) =>
    json(200, wire.serializePattern(pick(call.context.state.patterns, call, ({ patternId }) => patternId))),
  ),
]

const viewRoutes: Route[] = [
  route('POST', '/api/v1/views', ({ context, json: body }) => {
    const plain = { ...readNewView(body), organisation: context.actor.organisation }
    return json(201, wire.serializeView(addDefinition(context, viewShelf, plain)))
  }),
  route('GET', '/api/v1/views/:id', (call) =>
    json(200, wire.serializeView(pick(viewsOf(call.context), call))),
  ),
  route('PATCH', '/api/v1/views/:id', (call) => {
    const definition = pick(viewsOf(call.context), call)
    changeDefinition(call.context, viewShelf, { definition, patch: readViewPatch(call.json) })
    return noContent
  }),
  route('DELETE', '/api/v1/views/:id', (call) => {
    removeDefinition(call.context, viewShelf, pick(viewsOf(call.context), call))
    return noContent
  }),
]

/** What an administrator sets up, and the views people save. */
export const definitionRoutes: Route[] = [
  ...statusRoutes('alert', ['New', 'InProgress', 'Closed', 'Imported']),
  ...statusRoutes('case', ['New', 'InProgress', 'Closed']),
  ...customFieldRoutes,
  ...templateRoutes,
  ...observableTypeRoutes,
  ...patternRoutes,
  // The 5.6.2 document has them; when they came is inferred.
  ...since('5.6.0', viewRoutes),
]
