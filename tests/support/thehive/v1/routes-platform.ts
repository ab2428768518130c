import { actorFor, userByPassword } from '../http/authenticate.ts'
import { json } from '../http/reply.ts'
import { publicRoute, route, type Call, type Route } from '../http/router.ts'
import { notFound, unauthenticated } from '../state/errors.ts'
import { templateEntity } from './definition-entities.ts'
import { describeAlert } from './describe.ts'
import { readFields } from './fields-reader.ts'
import { serializeCustomField, serializeUser } from './serialize-definitions.ts'

const year = 365 * 24 * 60 * 60 * 1000

const publicStatus = ({ context }: Call) =>
  json(200, { sso: false, ssoProviders: [], version: context.state.version, imports: { mitreCatalog: '' } })

function status({ context: { state } }: Call) {
  const now = state.clock.now()
  return json(200, {
    version: state.version,
    gitDescription: state.version,
    connectors: {},
    config: { authType: ['key', 'local'], capabilities: ['authByKey'], protectDownloadsWith: 'malware' },
    license: {
      ...{ id: 'stand-in', customer: 'stand-in', instance: 'stand-in', plan: 'community', kind: 'community' },
      ...{ validFrom: now - year, expiresAt: now + year, capabilities: [], isValid: true, quotas: {} },
    },
    schemaStatus: [],
    features: [],
  })
}

function login({ context: { state }, json: body }: Call) {
  const fields = readFields(body)
  const user = userByPassword(state, String(fields.raw.user), String(fields.raw.password))
  if (!user || user.locked) throw unauthenticated()
  const actor = actorFor(state, user, fields.text('organisation', { max: 128 }))
  return json(200, serializeUser(state, user, actor.organisation))
}

/** Everything about the server itself and its definitions. */
export const platformRoutes: Route[] = [
  publicRoute('GET', '/api/v1/status/public', publicStatus),
  publicRoute('GET', '/api/status', ({ context }) =>
    json(200, { versions: { TheHive: context.state.version } }),
  ),
  route('GET', '/api/v1/status', status),
  publicRoute('POST', '/api/v1/login', login),
  route('GET', '/api/v1/user/current', ({ context: { state, actor } }) => ({
    ...json(200, serializeUser(state, actor.user, actor.organisation)),
    headers: { 'X-Organisation': actor.organisation },
  })),
  route('GET', '/api/v1/customField', ({ context }) =>
    json(200, context.state.customFields.map(serializeCustomField)),
  ),
  route('GET', '/api/v1/caseTemplate/:nameOrId', ({ context, params }) => {
    const found = templateEntity.get?.(context, params.nameOrId ?? '')
    if (!found) throw notFound(`CaseTemplate ${params.nameOrId} not found`)
    return json(200, templateEntity.serialize(context, found))
  }),
  route('GET', '/api/v1/describe/alert', ({ context }) => json(200, describeAlert(context.state))),
]
