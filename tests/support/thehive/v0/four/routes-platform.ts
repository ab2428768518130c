import { json, plainText, type Reply } from '../../http/reply.ts'
import { publicRoute, route, type Call, type Route } from '../../http/router.ts'
import { notFound } from '../../state/errors.ts'
import type { CustomFieldDefinition } from '../../state/types.ts'
import type { Json } from '../parameters.ts'
import { search } from '../query/search.ts'
import { stats } from '../query/stats.ts'
import { models } from './models.ts'
import { showUser } from './serialize.ts'

function status({ context: { server } }: Call): Reply {
  const { version } = server
  const config = {
    ...{ protectDownloadsWith: 'malware', authType: ['session', 'basic', 'key', 'local'] },
    ...{ capabilities: ['changePassword', 'setPassword', 'authByKey'], ssoAutoLogin: false },
    ...{ pollingDuration: 1000, freeTagDefaultColour: '#000000' },
  }
  const versions = { Scalligraph: version, TheHive: version, Play: '2.8.13' }
  return json(200, { versions, connectors: {}, schemaStatus: [], config })
}

/** Here the reference is the name a value goes by, and the name is what people read. */
const showDefinition = ({
  name,
  displayName,
  description,
  type,
  options,
  mandatory,
}: CustomFieldDefinition): Json => ({
  ...{ name: displayName, reference: name, description, type, options, mandatory },
})

export const platformRoutes: Route[] = [
  publicRoute('GET', '/status', status),
  publicRoute('GET', '/health', () => plainText(200, 'Ok')),
  route('GET', '/customField', ({ context }) => json(200, context.state.customFields.map(showDefinition))),
  route('GET', '/observable/type', ({ context }) =>
    json(
      200,
      context.state.observableTypes.map(({ id, name, isAttachment }) => ({ _id: id, name, isAttachment })),
    ),
  ),
  ...(['user', 'audit'] as const).flatMap((name) => {
    const model = models[name]
    if (!model) throw new Error(`no model ${name}`)
    return [
      route('POST', `/${name}/_search`, (call) => search(call, models, model)),
      route('POST', `/${name}/_stats`, (call) => stats(call, models, model)),
    ]
  }),
  route('GET', '/user/:userId', (call) => {
    const { context, params } = call
    const visible = models.user?.rows(context) ?? []
    const user = context.state.users.find(({ id, login }) => id === params.userId || login === params.userId)
    if (!user || !visible.includes(user)) throw notFound(`User ${params.userId} not found`)
    return json(200, showUser(context.state, user, context.actor.organisation))
  }),
]
