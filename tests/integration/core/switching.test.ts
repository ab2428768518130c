import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { lockProfile } from '#main/store/profile-lock.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'

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
