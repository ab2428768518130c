import { json, plainText, type Reply } from '../../http/reply.ts'
import { publicRoute, route, type Call, type Route } from '../../http/router.ts'
import { notFound } from '../../state/errors.ts'
import type { HiveState } from '../../state/hive-state.ts'
import type { Json } from '../parameters.ts'
import { search } from '../query/search.ts'
import { stats } from '../query/stats.ts'
import { models } from './models.ts'
import { wireTypeOf } from './read-fields.ts'
import { showUser } from './serialize.ts'

function status({ context: { server } }: Call): Reply {
  const versions = {
    ...{ TheHive: server.version, Elastic4Play: '1.13.6', Play: '2.8.7' },
    ...{ Elastic4s: '7.10.2', ElasticSearch: '7.11.1' },
  }
  const config = {
    protectDownloadsWith: 'malware',
    authType: server.basicAuth ? ['key', 'local', 'basic'] : ['key', 'local'],
    ...{ capabilities: ['changePassword', 'setPassword', 'authByKey'], ssoAutoLogin: false },
  }
  return json(200, { versions, connectors: {}, health: { elasticsearch: 'GREEN' }, config })
}

/** The server's lists: name to items by id. */
function listOf({ customFields, observableTypes }: HiveState, name: string): Json {
  switch (name) {
    case 'custom_fields':
      return Object.fromEntries(
        customFields.map(({ id, name: reference, displayName, description, type, options }) => [
          id,
          { name: displayName, reference, description, type: wireTypeOf(type), options },
        ]),
      )
    case 'list_artifactDataType':
      return Object.fromEntries(observableTypes.map(({ id, name: type }) => [id, type]))
    default:
      return {}
  }
}

export const platformRoutes: Route[] = [
  publicRoute('GET', '/status', status),
  publicRoute('GET', '/health', () => plainText(200, 'GREEN')),
  route('GET', '/list', () => json(200, ['custom_fields', 'list_artifactDataType'])),
  route('GET', '/list/:listName', ({ context, params }) =>
    json(200, listOf(context.state, params.listName ?? '')),
  ),
  ...(['user', 'audit'] as const).flatMap((name) => {
    const model = models[name]
    if (!model) throw new Error(`no model ${name}`)
    return [
      route('POST', `/${name}/_search`, (call) => search(call, models, model)),
      route('POST', `/${name}/_stats`, (call) => stats(call, models, model)),
    ]
  }),
  route('GET', '/user/:userId', ({ context: { state }, params }) => {
    const user = state.users.find(({ login }) => login === params.userId)
    if (!user) throw notFound(`user ${params.userId} not found`)
    return json(200, showUser(state, user))
  }),
]
