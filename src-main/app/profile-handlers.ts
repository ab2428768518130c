import { readFileSync } from 'node:fs'
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

/** Connections and workspaces: here the vault, the registry and the core meet. The API key goes no further than this. */
export function profileHandlers(parts: ProfileParts): Pick<Handlers, ProfileCall> {
  const { registry, secrets, core } = parts

  const open = async (profile: Profile, extra: Partial<Parameters<CoreClient['open']>[0]> = {}) => {
    const keyHex = await secrets.databaseKey(profile.id)
    const used = { ...profile, lastOpenedAt: parts.now() }
    const folder = await parts.folderOf(profile.id)
    await core.open({ profile: used, folder, keyHex, ...extra })
    try {
      await registry.save(used)
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
    if (profile.endpoint === undefined) return open(profile, { mayBeginAnew })
    // Without its key the copy opens all the same: nobody can be asked, but everything here can be read.
    const apiKey = (await secrets.apiKey(id)) ?? ''
    return open(profile, { connection: connectionOf(profile.endpoint, apiKey), mayBeginAnew })
  }

  return {
    'profiles.list': () => Promise.resolve(registry.list()),
    'profiles.current': () => core.current(),
    'profiles.test': async ({ endpoint, apiKey }) =>
      (await core.test(connectionOf(endpoint, apiKey))).session,
    'profiles.connect': async ({ endpoint, apiKey, name }) => {
      await secrets.mustBeUsable()
      const { session, url } = await core.test(connectionOf(endpoint, apiKey))
      const { login, organisation } = session
      const id = connectionProfileId(url, login, organisation)
      await secrets.saveApiKey(id, apiKey)
      const profile: Profile = {
        ...{ id, kind: 'thehive', login, organisation },
        name: name ?? new URL(url).host,
        endpoint: { ...endpoint, url },
      }
      return open(profile, { session, connection: connectionOf(profile.endpoint!, apiKey) })
    },
    'profiles.switchOrganisation': async ({ organisation }) => {
      const { profile, endpoint, apiKey } = await currentConnection(parts)
      const wanted: Endpoint = { ...endpoint, organisation }
      const { session, url } = await core.test(connectionOf(wanted, apiKey))
      if (session.organisation !== organisation)
        throw new ForagerError('forbidden', `The server does not let you work in ${organisation}.`, {
          did: `You are still in ${profile.organisation ?? 'the same organisation'}.`,
        })
      const id = connectionProfileId(url, session.login, organisation)
      await secrets.saveApiKey(id, apiKey)
      const known = registry.list().find((one) => one.id === id)
      const other: Profile = {
        ...{ id, kind: 'thehive', login: session.login, organisation },
        name: known?.name ?? profile.name,
        endpoint: { ...wanted, url },
      }
      return open(other, { session, connection: connectionOf({ ...wanted, url }, apiKey) })
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

/** What is open now, with its key. @throws ForagerError `rejected` when that is no connection to a server */
async function currentConnection({ core, registry, secrets }: ProfileParts) {
  const opened = await core.current()
  const profile = opened === null ? undefined : registry.find(opened.profile.id)
  if (profile?.endpoint === undefined)
    throw new ForagerError('rejected', 'Organisations belong to a server; this workspace has none.')
  return { profile, endpoint: profile.endpoint, apiKey: await keptKey(profile, secrets) }
}

async function keptKey({ id }: Profile, secrets: ProfileParts['secrets']): Promise<string> {
  const apiKey = await secrets.apiKey(id)
  if (apiKey !== undefined) return apiKey
  throw new ForagerError('unauthorised', 'The API key of this connection is not kept any more.', {
    did: 'Your work on it is still here.',
    next: 'Connect again with the same address and a key of the same user.',
  })
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
