import { afterEach, describe, expect, it } from 'vitest'
import type { Draft } from '#shared/model/draft.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import type { CoreRig } from '#tests/support/core/core-rig.ts'

let rig: CoreRig | undefined

afterEach(async () => {
  await rig?.stop()
  rig = undefined
})

const profileId = 'p'
const words = { before: 'A caller asked.', text: 'A caller asked. Call back on Mon' }

describe('what is typed and not saved yet', () => {
  it('is there when the profile is opened again, and is gone once it was discarded', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const [row] = await rig.inbox(1)
    const id = row!.id
    const draft: Draft = { place: 'description', id, words }
    const { at } = await rig.call('drafts.save', { profileId, draft })
    await rig.remote.close()
    await rig.open()
    expect(await rig.call('drafts.list', { profileId })).toEqual([{ draft, at, keptUnder: id }])
    await rig.call('drafts.discard', { profileId, about: { place: 'description', id } })
    await rig.remote.close()
    await rig.open()
    expect(await rig.call('drafts.list', { profileId })).toEqual([])
  })

  it('neither waits to be sent nor shows as decided', async () => {
    rig = await startCoreRig({ kind: 'sample' })
    const [row] = await rig.inbox(1)
    const before = await rig.call('alerts.get', { id: row!.id })
    await rig.call('drafts.save', { profileId, draft: { place: 'title', id: row!.id, words } })
    expect(await rig.call('outbox.list', { receipts: 10 })).toEqual([])
    expect(await rig.call('alerts.get', { id: row!.id })).toEqual(before)
  })
})
