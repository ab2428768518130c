import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { lockProfile } from '#main/store/profile-lock.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'
import { until } from '#tests/support/until.ts'

let rig: CoreRig

afterEach(() => rig.stop())

const folderOf = (name: string) => join(rig.folder, name)
const open = (name: string) =>
  rig.remote.open({
    profile: { id: name, kind: 'local', name },
    folder: folderOf(name),
    keyHex: 'ab'.repeat(32),
  })
const current = async () => (await rig.remote.current())?.profile.name
const isFree = (name: string) => expect(() => lockProfile(folderOf(name)).release()).not.toThrow()

describe('opens and closes at once', () => {
  it('the later of two opens is open, the earlier is not and holds nothing', async () => {
    rig = await startCoreRig({})
    const [b, c] = await Promise.allSettled([open('B'), open('C')])
    expect(b).toMatchObject({ reason: { kind: 'cancelled', message: 'B was not opened.' } })
    expect(c).toMatchObject({ value: { profile: { name: 'C' } } })
    expect(await current()).toBe('C')
    isFree('B')
  })

  it('what is closed while it opens ends closed, and can be opened again', async () => {
    rig = await startCoreRig({})
    const [b, closed] = await Promise.allSettled([open('B'), rig.remote.close()])
    expect(b).toMatchObject({ reason: { kind: 'cancelled' } })
    expect(closed.status).toBe('fulfilled')
    expect(await current()).toBeUndefined()
    isFree('B')
    await open('B')
    expect(await current()).toBe('B')
  })
})

describe('a switch to what does not open', () => {
  it('leaves the analyst where they were, and the work goes on there', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const [row] = await rig.inbox(1)
    const elsewhere = lockProfile(folderOf('B'))
    await expect(open('B')).rejects.toMatchObject({
      kind: 'locked',
      did: 'Nothing was changed. Test is open as before.',
    })
    elsewhere.release()
    expect(await current()).toBe('Test')
    expect(rig.events.at(-1)).toMatchObject({
      name: 'profile.changed',
      payload: { profile: { name: 'Test' } },
    })
    await rig.call('triage.update', { ids: [row!.id], change: { status: 'Ignored' } })
    await rig.sent()
    expect((await rig.inbox(200)).map(({ id }) => id)).not.toContain(row!.id)
  })

  it('whoever works offline there still does, and nothing is asked of the server', async () => {
    let asked = 0
    const server = createServer((_, answer) => answer.writeHead(500 + Number(++asked > 0)).end())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    rig = await startCoreRig({ connection: { url: `http://127.0.0.1:${port}`, apiKey: 'k' } })
    await until('the server was asked', async () => (await rig.status()).connection === 'offline')
    await rig.call('sync.workOffline', { offline: true })
    const before = asked
    const elsewhere = lockProfile(folderOf('B'))
    await expect(open('B')).rejects.toMatchObject({ kind: 'locked' })
    elsewhere.release()
    expect((await rig.status()).connection).toBe('working-offline')
    await rig.call('sync.now', {})
    expect((await rig.status()).connection).toBe('working-offline')
    expect(asked).toBe(before)
    server.close()
  })
})

it('what is noted about opening it is shown with what is open', async () => {
  rig = await startCoreRig({})
  const notice = { kind: 'disk-full', message: 'The list could not be written.' } as const
  await rig.remote.note(notice)
  expect(rig.events.at(-1)).toMatchObject({ name: 'profile.changed', payload: { notices: [notice] } })
  expect((await rig.remote.current())?.notices).toEqual([notice])
})
