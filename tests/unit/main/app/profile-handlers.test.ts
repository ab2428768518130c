import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import type { Session } from '#shared/model/session.ts'
import { profileHandlers } from '#main/app/profile-handlers.ts'
import type { ProfileParts } from '#main/app/profile-handlers.ts'
import type { OpenRequest } from '#main/core/messages.ts'
import { localSession } from '#main/services/local-workspace.ts'
import { openProfileRegistry } from '#main/services/profile-registry.ts'
import type { Connection } from '#main/thehive/port.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'forager-profiles-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const url = 'https://hive.example'

type Rigging = {
  /** Happens before the list is written. */
  saving?: (core: ProfileParts['core']) => Promise<void>
  /** Whether what is kept outlives this run. */
  isDurable?: boolean
}

/** A server that lets ana work in acme and globex; keys and databases are in memory. */
function rig({ saving, isDurable = true }: Rigging = {}) {
  const keys = new Map<string, string>()
  const opens: OpenRequest[] = []
  let current: OpenProfile | null = null
  const sessionIn = (organisation: string): Session => ({
    ...localSession({ id: 'x', kind: 'thehive', name: 'x' }),
    ...{ flavour: 'thehive5', login: 'ana', organisation, organisations: ['acme', 'globex'] },
  })
  const core: ProfileParts['core'] = {
    test: ({ organisation = 'acme' }: Connection) => {
      const known = ['acme', 'globex'].includes(organisation)
      return Promise.resolve({ session: sessionIn(known ? organisation : 'acme'), url })
    },
    open: (request) => {
      opens.push(request)
      const session = request.session ?? sessionIn(request.profile.organisation ?? 'acme')
      current = {
        ...{ profile: request.profile, session },
        sync: { connection: 'connecting', setAside: 0, waiting: 0, needAttention: 0, exported: 0 },
      }
      return Promise.resolve(current)
    },
    current: () => Promise.resolve(current),
    close: () => Promise.resolve(void (current = null)),
    note: (notice) => Promise.resolve(void (current = { ...current!, notices: [notice] })),
  }
  const known = openProfileRegistry(folder)
  const registry: typeof known = {
    ...known,
    save: async (profile) => {
      await saving?.(core)
      await known.save(profile)
    },
  }
  const handlers = profileHandlers({
    ...{ core, registry, now: () => 1, newId: () => 'local-1' },
    folderOf: (id) => Promise.resolve(join(folder, id)),
    secrets: {
      mustBeUsable: () => Promise.resolve(),
      saveApiKey: (id, key) => Promise.resolve(void keys.set(id, key)),
      apiKey: (id) => Promise.resolve(keys.get(id)),
      deleteApiKey: (id) => Promise.resolve(void keys.delete(id)),
      proxy: (id) => Promise.resolve(keys.get(`proxy of ${id}`)),
      saveProxy: (id, proxy) => Promise.resolve(void keys.set(`proxy of ${id}`, proxy)).then(() => isDurable),
      deleteProxy: (id) => Promise.resolve(void keys.delete(`proxy of ${id}`)),
      databaseKey: (id) => Promise.resolve(`key of ${id}`),
    },
    recovery: {
      restore: (id, code) =>
        code === 'right'
          ? Promise.resolve(void keys.set(`restored ${id}`, code))
          : Promise.reject(new Error('wrong')),
    },
  })
  const connect = () => handlers['profiles.connect']({ endpoint: { url }, apiKey: 'k-1', name: 'Hive' })
  return { handlers, keys, opens, registry, connect }
}

describe('switching the organisation', () => {
  it('opens a connection of its own beside the first: other folder, same server, same key', async () => {
    const { handlers, keys, opens, registry, connect } = rig()
    const first = await connect()
    const second = await handlers['profiles.switchOrganisation']({ organisation: 'globex' })
    expect(second.profile).toMatchObject({
      ...{ organisation: 'globex', login: 'ana', name: 'Hive' },
      endpoint: { url, organisation: 'globex' },
    })
    expect(second.profile.id).not.toBe(first.profile.id)
    expect(opens[1]).toMatchObject({ connection: { apiKey: 'k-1', organisation: 'globex' } })
    expect(opens[1]?.folder).not.toBe(opens[0]?.folder)
    expect([...keys.values()]).toEqual(['k-1', 'k-1'])
    expect(registry.list()).toHaveLength(2)
  })

  it('back and forth finds the same two connections', async () => {
    const { handlers, registry, connect } = rig()
    const first = await connect()
    await handlers['profiles.switchOrganisation']({ organisation: 'globex' })
    const back = await handlers['profiles.switchOrganisation']({ organisation: 'acme' })
    expect(back.profile.id).toBe(first.profile.id)
    await handlers['profiles.open']({ id: first.profile.id })
    expect(registry.list()).toHaveLength(2)
  })

  it('to one the server does not let us into is refused, and nothing changes', async () => {
    const { handlers, opens, connect } = rig()
    await connect()
    const wish = handlers['profiles.switchOrganisation']({ organisation: 'umbra' })
    await expect(wish).rejects.toMatchObject({ kind: 'forbidden', did: 'You are still in acme.' })
    expect(opens).toHaveLength(1)
  })

  it('is refused in a workspace without a server', async () => {
    const { handlers } = rig()
    await handlers['profiles.openLocal']({ name: 'Mine' })
    const wish = handlers['profiles.switchOrganisation']({ organisation: 'globex' })
    await expect(wish).rejects.toMatchObject({ kind: 'rejected' })
  })
})

describe('a connection whose keychain is lost', () => {
  it('opens without its API key: the copy can be read, and nobody is asked', async () => {
    const { handlers, keys, opens, connect } = rig()
    const { profile } = await connect()
    keys.clear()
    await handlers['profiles.open']({ id: profile.id })
    expect(opens[1]).toMatchObject({ connection: { url, apiKey: '' } })
  })

  it('begins an empty outbox at the analyst’s word only', async () => {
    const { handlers, opens, connect } = rig()
    const { profile } = await connect()
    await handlers['profiles.open']({ id: profile.id, beginAnew: true })
    expect(opens.map(({ mayBeginAnew }) => mayBeginAnew)).toEqual([undefined, true])
  })

  it('opens with its recovery key, and stays shut with a wrong one', async () => {
    const { handlers, keys, opens, connect } = rig()
    const { profile } = await connect()
    await expect(handlers['profiles.recover']({ id: profile.id, code: 'wrong' })).rejects.toThrow('wrong')
    expect(opens).toHaveLength(1)
    await handlers['profiles.recover']({ id: profile.id, code: 'right' })
    expect(keys.get(`restored ${profile.id}`)).toBe('right')
    expect(opens).toHaveLength(2)
  })
})

describe('the login of a proxy', () => {
  const address = 'http://proxy.example:3128'
  const full = 'http://ana:pa%3Ass@proxy.example:3128'
  const proxyLogin = { user: 'ana', password: 'pa:ss' }
  const list = () => readFileSync(join(folder, 'profiles.json'), 'utf8')
  const shows = (what: unknown) => JSON.stringify(what)

  it.each([
    ['in the address', { endpoint: { url, proxy: full } }],
    ['beside it', { endpoint: { url, proxy: address }, proxyLogin }],
    ['in both, which differ', { endpoint: { url, proxy: 'http://old:one@proxy.example:3128' }, proxyLogin }],
  ])('typed %s is used and kept apart: neither list nor page has it', async (_, typed) => {
    const { handlers, keys, opens } = rig()
    const opened = await handlers['profiles.connect']({ apiKey: 'k-1', ...typed })
    expect(opens[0]?.connection?.proxy).toBe(full)
    expect(keys.get(`proxy of ${opened.profile.id}`)).toBe(full)
    expect(opened.profile.endpoint?.proxy).toBe(address)
    expect(opens[0]?.profile.endpoint?.proxy).toBe(address)
    expect(list()).toContain(address)
    expect(list()).not.toContain('ana:')

    await handlers['profiles.open']({ id: opened.profile.id })
    expect(opens[1]?.connection?.proxy).toBe(full)
    expect(opens[1]?.profile.endpoint?.proxy).toBe(address)
    const elsewhere = await handlers['profiles.switchOrganisation']({ organisation: 'globex' })
    expect(opens[2]?.connection?.proxy).toBe(full)
    expect(elsewhere.profile.endpoint?.proxy).toBe(address)
    await handlers['profiles.open']({ id: elsewhere.profile.id })
    expect(opens[3]?.connection?.proxy).toBe(full)
    expect(list()).not.toContain('ana:')
  })

  it('goes when the connection is made again without one, and never to another proxy', async () => {
    const { handlers, keys, opens } = rig()
    const connectBy = (proxy?: string) =>
      handlers['profiles.connect']({ endpoint: { url, proxy }, apiKey: 'k-1' })
    const { id } = (await connectBy(full)).profile
    await connectBy(address)
    expect([...keys.keys()]).toEqual([id])
    await handlers['profiles.open']({ id })
    expect(opens[2]?.connection?.proxy).toBe(address)

    keys.set(`proxy of ${id}`, full)
    const other = 'http://elsewhere.example:3128'
    await connectBy(other)
    keys.set(`proxy of ${id}`, full)
    await handlers['profiles.open']({ id })
    expect(opens[4]?.connection?.proxy).toBe(other)
  })

  describe('that an earlier Forager wrote down as it was typed', () => {
    const old = {
      ...({ id: 'p', kind: 'thehive', name: 'Hive', login: 'ana', organisation: 'acme' } as const),
      endpoint: { url, proxy: full },
    }

    it('is not told to the page, and moves when it is opened', async () => {
      const { handlers, keys, opens, registry } = rig()
      await registry.save(old)
      await registry.save({ ...old, id: 'q' })
      expect(shows(await handlers['profiles.list']({}))).not.toContain('ana:')
      const opened = await handlers['profiles.open']({ id: 'p' })
      expect(shows(opened)).not.toContain('ana:')
      expect(opens[0]?.connection?.proxy).toBe(full)
      expect(keys.get('proxy of p')).toBe(full)
      // What was not opened is not lost.
      const entries = (JSON.parse(list()) as { profiles: (typeof old)[] }).profiles
      expect(entries.map(({ id, endpoint }) => [id, endpoint.proxy])).toEqual([
        ['q', full],
        ['p', address],
      ])
      await handlers['profiles.open']({ id: 'p' })
      expect(opens[1]?.connection?.proxy).toBe(full)
    })

    it('stays where it is while nothing can be kept beyond this run', async () => {
      const { handlers, opens, registry } = rig({ isDurable: false })
      await registry.save(old)
      const opened = await handlers['profiles.open']({ id: 'p' })
      expect(shows(opened)).not.toContain('ana:')
      expect(opens[0]?.connection?.proxy).toBe(full)
      expect(list()).toContain(full)
      expect(shows(registry.list())).not.toContain('ana:')
    })
  })
})

describe('a list of connections that cannot be written', () => {
  it('is a notice on what was opened, which is open all the same', async () => {
    const { connect } = rig({
      saving: () => Promise.reject(new Error('ENOSPC: no space left on device')),
    })
    const opened = await connect()
    expect(opened.profile.name).toBe('Hive')
    expect(opened.notices).toMatchObject([
      {
        kind: 'unreadable-file',
        message: 'The list of connections could not be written: ENOSPC: no space left on device',
        did: 'Hive is open, and what you decide there is kept as usual.',
      },
    ])
  })
})

it('what was closed while the list was written is not answered as open', async () => {
  const { connect } = rig({ saving: (core) => core.close() })
  await expect(connect()).rejects.toMatchObject({ kind: 'cancelled', message: 'Hive was not opened.' })
})
