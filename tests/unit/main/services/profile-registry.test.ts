import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionProfileId, openProfileRegistry } from '#main/services/profile-registry.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'forager-registry-'))))
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const local = (id: string, lastOpenedAt: number) => ({ id, kind: 'local' as const, name: id, lastOpenedAt })

describe('the list of connections', () => {
  it('survives a restart, the last opened first', async () => {
    const registry = openProfileRegistry(folder)
    await registry.save(local('a', 1))
    await registry.save(local('b', 2))
    await registry.save(local('a', 3))
    expect(
      openProfileRegistry(folder)
        .list()
        .map(({ id }) => id),
    ).toEqual(['a', 'b'])
  })

  it('gives no login of a proxy to whoever lists it; that is asked for by name', async () => {
    const proxy = 'http://ana:secret@proxy.example:3128'
    const by = (id: string, at: string) => ({
      ...{ id, kind: 'thehive' as const, name: id },
      endpoint: { url: 'https://hive.example', proxy: at },
    })
    await openProfileRegistry(folder).save(by('a', proxy))
    await openProfileRegistry(folder).save(by('b', 'http://proxy.example:3128'))
    const registry = openProfileRegistry(folder)
    for (const one of [...registry.list(), registry.find('a')])
      expect(one.endpoint?.proxy).toBe('http://proxy.example:3128')
    expect(registry.proxyInClear('a')).toBe(proxy)
    expect(registry.proxyInClear('b')).toBeUndefined()
    expect(registry.proxyInClear('c')).toBeUndefined()
  })

  it('one server, user and organisation always name one folder; another user another', () => {
    const id = connectionProfileId('https://hive.example', 'ana', 'acme')
    expect(connectionProfileId('https://hive.example', 'ana', 'acme')).toBe(id)
    expect(connectionProfileId('https://hive.example', 'bo', 'acme')).not.toBe(id)
  })

  it.each(['{', '{"version":1,"profiles":[{"id":7}]}'])(
    'a damaged list is refused and left as it is: %s',
    async (text) => {
      const file = join(folder, 'profiles.json')
      writeFileSync(file, text)
      const registry = openProfileRegistry(folder)
      expect(() => registry.list()).toThrow(expect.objectContaining({ kind: 'corrupt' }) as Error)
      await expect(registry.save(local('a', 1))).rejects.toMatchObject({ kind: 'corrupt' })
      expect(readFileSync(file, 'utf8')).toBe(text)
    },
  )
})
