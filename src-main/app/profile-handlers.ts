import { readFileSync } from 'node:fs'
import type { ParsedInput } from '#shared/contract/contract.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Endpoint, Profile } from '#shared/model/session.ts'
import { overtaken } from '../core/overtaken.ts'
import type { Handlers } from '../ipc/handlers.ts'
import { connectionProfileId } from '../services/profile-registry.ts'
import type { ProfileRegistry } from '../services/profile-registry.ts'
import type { Connection } from '../thehive/port.ts'
import type { ProfileRecovery } from '../vault/profile-recovery.ts'
import type { ProfileSecrets } from '../vault/profile-secrets.ts'
import { keepProxy, keptProxy, listedProxy, typedProxy } from './connection-proxy.ts'
import type { CoreClient } from './core-client.ts'

type ProfileCall = Extract<keyof Handlers, `profiles.${string}`>

export type ProfileParts = {
  registry: ProfileRegistry
  secrets: Omit<ProfileSecrets, 'restoreDatabaseKey'>
  recovery: Pick<ProfileRecovery, 'restore'>
  core: Pick<CoreClient, 'test' | 'open' | 'current' | 'note' | 'close'>
  now: () => number
  newId: () => string
  /** Where a profile's files are. */
  folderOf: (profileId: string) => Promise<string>
}

/** Connections and workspaces: here the vault, the registry and the core meet. Neither API key nor proxy login goes further than this. */
export function profileHandlers(parts: ProfileParts): Pick<Handlers, ProfileCall> {
  const { registry, secrets, core } = parts

  /** `listed`: as it stands in the list of connections. */
  const open = async (
    profile: Profile,
    extra: Partial<Parameters<CoreClient['open']>[0]> = {},
    listed = profile,
  ) => {
    const keyHex = await secrets.databaseKey(profile.id)
    const used = { ...profile, lastOpenedAt: parts.now() }
    const folder = await parts.folderOf(profile.id)
    await core.open({ profile: used, folder, keyHex, ...extra })
    try {
      await registry.save({ ...listed, lastOpenedAt: used.lastOpenedAt })
    } catch (thrown) {
      // It is open: that it may be missing on the first screen is no reason to say it is not.
      await core.note(notListed(profile, thrown))
    }
    const opened = await core.current()
    if (opened?.profile.id !== profile.id) throw overtaken(profile)
    return opened
  }

  const openKnown = async (id: string, mayBeginAnew?: boolean) => {
    const profile = registry.find(id)
    const { endpoint } = profile
    if (endpoint === undefined) return open(profile, { mayBeginAnew })
    // Without its key the copy opens all the same: nobody can be asked, but everything here can be read.
    const apiKey = (await secrets.apiKey(id)) ?? ''
    const { proxy, listed } = await keptProxy(parts, profile)
    const connection = connectionOf({ ...endpoint, proxy }, apiKey)
    return open(
      profile,
      { connection, mayBeginAnew },
      { ...profile, endpoint: { ...endpoint, proxy: listed } },
    )
  }

  return {
    'profiles.list': () => Promise.resolve(registry.list()),
    'profiles.current': () => core.current(),
    'profiles.test': async (typed) => (await core.test(typedConnection(typed))).session,
    'profiles.connect': async ({ name, ...typed }) => {
      await secrets.mustBeUsable()
      const { endpoint, apiKey } = typed
      const connection = typedConnection(typed)
      const { session, url } = await core.test(connection)
      const { login, organisation } = session
      const id = connectionProfileId(url, login, organisation)
      await secrets.saveApiKey(id, apiKey)
      await keepProxy(secrets, id, connection.proxy)
      const profile: Profile = {
        ...{ id, kind: 'thehive', login, organisation },
        name: name ?? new URL(url).host,
        endpoint: { ...endpoint, url, ...listedProxy(endpoint.proxy) },
      }
      return open(profile, { session, connection: { ...connection, url } })
    },
    'profiles.switchOrganisation': async ({ organisation }) => {
      const { profile, endpoint, apiKey } = await currentConnection(parts)
      const wanted: Endpoint = { ...endpoint, organisation }
      const connection = connectionOf(wanted, apiKey)
      const { session, url } = await core.test(connection)
      if (session.organisation !== organisation)
        throw new ForagerError('forbidden', `The server does not let you work in ${organisation}.`, {
          did: `You are still in ${profile.organisation ?? 'the same organisation'}.`,
        })
      const id = connectionProfileId(url, session.login, organisation)
      await secrets.saveApiKey(id, apiKey)
      await keepProxy(secrets, id, connection.proxy)
      const known = registry.list().find((one) => one.id === id)
      const other: Profile = {
        ...{ id, kind: 'thehive', login: session.login, organisation },
        name: known?.name ?? profile.name,
        endpoint: { ...wanted, url, ...listedProxy(wanted.proxy) },
      }
      return open(other, { session, connection: { ...connection, url } })
    },
    'profiles.openLocal': ({ name }) =>
      open(
        registry.list().find((one) => one.kind === 'local' && one.name === name) ?? {
          id: parts.newId(),
          kind: 'local',
          name,
        },
      ),
    'profiles.openSample': () => open({ id: 'sample', kind: 'sample', name: 'Sample data' }),
    'profiles.open': ({ id, beginAnew }) => openKnown(id, beginAnew),
    'profiles.recover': async ({ id, code }) => {
      await parts.recovery.restore(registry.find(id).id, code)
      return openKnown(id)
    },
    'profiles.close': async () => {
      await core.close()
      return null
    },
  }
}

function notListed({ name }: Profile, thrown: unknown): ErrorData {
  const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC'
  return {
    kind: full ? 'disk-full' : 'unreadable-file',
    message: `The list of connections could not be written: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    did: `${name} is open, and what you decide there is kept as usual.`,
    next: 'It may be missing on the first screen: open it again, or connect again, once the disk takes writes.',
  }
}

/** What is open now, with its key and its proxy's login. @throws ForagerError `rejected` when that is no connection to a server */
async function currentConnection(parts: ProfileParts) {
  const { core, registry, secrets } = parts
  const opened = await core.current()
  const profile = opened === null ? undefined : registry.find(opened.profile.id)
  if (profile?.endpoint === undefined)
    throw new ForagerError('rejected', 'Organisations belong to a server; this workspace has none.')
  const apiKey = await keptKey(profile, secrets)
  const { proxy } = await keptProxy(parts, profile)
  return { profile, apiKey, endpoint: { ...profile.endpoint, proxy } }
}

async function keptKey({ id }: Profile, secrets: ProfileParts['secrets']): Promise<string> {
  const apiKey = await secrets.apiKey(id)
  if (apiKey !== undefined) return apiKey
  throw new ForagerError('unauthorised', 'The API key of this connection is not kept any more.', {
    did: 'Your work on it is still here.',
    next: 'Connect again with the same address and a key of the same user.',
  })
}

function typedConnection({ endpoint, apiKey, proxyLogin }: ParsedInput<'profiles.test'>): Connection {
  return connectionOf({ ...endpoint, proxy: typedProxy(endpoint.proxy, proxyLogin) }, apiKey)
}

/** @throws ForagerError `unreadable-file` when the certificate file cannot be read */
function connectionOf({ url, organisation, caFile, proxy }: Endpoint, apiKey: string): Connection {
  return { url, apiKey, organisation, proxy, ...(caFile !== undefined && { ca: readCertificate(caFile) }) }
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new ForagerError('unreadable-file', `The certificate file cannot be read: ${file}`, {
      next: 'Choose a PEM file that this user may read.',
      cause,
    })
  }
}
