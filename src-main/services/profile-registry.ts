import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { profileSchema } from '#shared/model/session.ts'
import type { Profile } from '#shared/model/session.ts'
import { writeDurably } from '../platform/write-durably.ts'
import { splitProxy } from '../thehive/proxy-address.ts'

/** The known connections and workspaces; names and addresses only, never a secret. */
export interface ProfileRegistry {
  list(): Profile[]
  find(id: string): Profile
  /** A proxy with its login, which an earlier Forager wrote down as it was typed; undefined where none stands in the list. */
  proxyInClear(id: string): string | undefined
  save(profile: Profile): Promise<void>
  folderOf(id: string): string
  /** Names of the folders there are, known or not. */
  folders(): string[]
}

const fileSchema = z.object({ version: z.literal(1), profiles: z.array(profileSchema) })

/** One connection = server × user × organisation: the same three always name the same folder. */
export function connectionProfileId(url: string, login: string, organisation: string): string {
  return createHash('sha256').update([url, login, organisation].join('\n')).digest('hex').slice(0, 24)
}

/** Every method but `folderOf` and `folders` throws ForagerError `corrupt` when the list is there and cannot be read. */
export function openProfileRegistry(userData: string): ProfileRegistry {
  const file = join(userData, 'profiles.json')
  let read: Profile[] | undefined
  // Read when first asked for: what is wrong with the file is then told where it matters, on the first screen.
  const known = () => (read ??= readProfiles(file))
  return {
    list: () =>
      known()
        .map(withoutLogin)
        .toSorted((a, b) => (b.lastOpenedAt ?? 0) - (a.lastOpenedAt ?? 0)),
    find: (id) => {
      const profile = known().find((one) => one.id === id)
      if (profile === undefined)
        throw new ForagerError('not-found', 'This connection is no longer known.', { next: 'Connect again.' })
      return withoutLogin(profile)
    },
    proxyInClear: (id) => {
      const proxy = known().find((one) => one.id === id)?.endpoint?.proxy
      return proxy === undefined || splitProxy(proxy).login === undefined ? undefined : proxy
    },
    save: async (profile) => {
      const profiles = [...known().filter((one) => one.id !== profile.id), profile]
      await writeDurably(file, JSON.stringify({ version: 1, profiles }, undefined, 2))
      read = profiles
    },
    folderOf: (id) => join(userData, 'profiles', id),
    folders: () => (existsSync(join(userData, 'profiles')) ? readdirSync(join(userData, 'profiles')) : []),
  }
}

/** The list is shown: what the page gets has no login in it, whatever the file says. */
function withoutLogin(profile: Profile): Profile {
  const { endpoint } = profile
  if (endpoint?.proxy === undefined) return profile
  return { ...profile, endpoint: { ...endpoint, proxy: splitProxy(endpoint.proxy).address } }
}

function readProfiles(file: string): Profile[] {
  if (!existsSync(file)) return []
  const read = fileSchema.safeParse(parsedOrUndefined(readFileSync(file, 'utf8')))
  if (read.success) return read.data.profiles
  throw new ForagerError('corrupt', `The list of connections cannot be read: ${file}`, {
    did: 'Forager left it as it is. The work itself is in the folders beside it.',
    next: 'Move the file aside and connect again: the same connection finds its folder.',
  })
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON: the schema says so in one place.
    return undefined
  }
}
