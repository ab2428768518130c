import { actorFor, userByPassword } from '../http/authenticate.ts'
import { json, type Reply } from '../http/reply.ts'
import { publicRoute, route, type Call, type Route } from '../http/router.ts'
import { closeSession, openSession } from '../http/session.ts'
import { notFound, unauthenticated } from '../state/errors.ts'
import { describeModel, modelNames } from './describe.ts'
import { organisationEntity, userEntity } from './definition-entities.ts'
import { readFields } from './fields-reader.ts'
import { serializeUser } from './serialize-definitions.ts'

const year = 365 * 24 * 60 * 60 * 1000

const publicStatus = ({ context }: Call) =>
  json(200, { sso: false, ssoProviders: [], version: context.state.version, imports: { mitreCatalog: '' } })

function status({ context: { state } }: Call): Reply {
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

/** There is none: what is allowed without one. */
function license({ context: { state } }: Call): Reply {
  const now = state.clock.now()
  const fallback = {
    ...{ _id: '~0', _type: 'License', _createdAt: now - year, _createdBy: 'system@thehive.local' },
    ...{ id: 'stand-in', customer: 'stand-in', plan: 'community', kind: 'community', current: true },
    ...{ validFrom: now - year, expiresAt: now + year, capabilities: [], quotas: {} },
  }
  return json(200, { fallback, notFound: true })
}

function login({ context: { state }, json: body }: Call): Reply {
  const fields = readFields(body)
  const user = userByPassword(state, String(fields.raw.user), String(fields.raw.password))
  if (!user || user.locked) throw unauthenticated()
  const actor = actorFor(state, user, fields.text('organisation', { max: 128 }))
  const reply = json(200, serializeUser(state, user, actor.organisation))
  return { ...reply, headers: { 'Set-Cookie': openSession(state, user) } }
}

const logout = ({ context: { state }, headers }: Call): Reply => ({
  status: 200,
  headers: { 'Set-Cookie': closeSession(state, headers.cookie) },
})

/** Source: TheHive 4 names organisation and permissions in the headers too. */
const currentUser = ({ context: { state, actor } }: Call): Reply => ({
  ...json(200, serializeUser(state, actor.user, actor.organisation)),
  headers: { 'X-Organisation': actor.organisation, 'X-Permissions': [...actor.permissions].join() },
})

function described({ context, params }: Call): Reply {
  const model = describeModel(context.state, params.model ?? '')
  if (!model) throw notFound(`Model ${params.model} not found`)
  return json(200, model)
}

function found(entity: typeof userEntity, { context, params }: Call): Reply {
  const record = entity.get?.(context, params.id ?? '')
  if (!record) throw notFound(`${entity.name} ${params.id} not found`)
  return json(200, entity.serialize(context, record))
}

export const loginRoutes: Route[] = [
  publicRoute('POST', '/api/v1/login', login),
  publicRoute('GET', '/api/v1/logout', logout),
  publicRoute('POST', '/api/v1/logout', logout),
  route('GET', '/api/v1/user/current', currentUser),
]

/** Everything about the server itself and its people. */
export const platformRoutes: Route[] = [
  publicRoute('GET', '/api/v1/status/public', publicStatus),
  publicRoute('GET', '/api/status', ({ context }) =>
    json(200, { versions: { TheHive: context.state.version } }),
  ),
  route('GET', '/api/v1/status', status),
  route('GET', '/api/v1/license/current', license),
  ...loginRoutes,
  route('GET', '/api/v1/user/:id', (call) => found(userEntity, call)),
  route('GET', '/api/v1/organisation/:id', (call) => found(organisationEntity, call)),
  route('GET', '/api/v1/describe/_all', ({ context }) =>
    json(200, Object.fromEntries(modelNames.map((name) => [name, describeModel(context.state, name)]))),
  ),
  route('GET', '/api/v1/describe/:model', described),
]
