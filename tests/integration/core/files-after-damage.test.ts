import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { openSpecimenRoom } from '#main/core/specimen-room.ts'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { connectOutbox } from '#main/store/outbox/connect.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import { aKeptFile, anOperation } from '#tests/support/make.ts'
import { breakPages, pagesOf } from '#tests/support/store/break-file.ts'

const sent = { state: 'sent', receipt: { at: 1, note: '' } } as const

/** A profile with one file for each of these decisions, and their names on the disk. */
async function profileWith(...decisions: Partial<Operation>[]) {
  const folder = mkdtempSync(join(tmpdir(), 'forager-core-'))
  const location = { folder, keyHex: 'ab'.repeat(32), care: 'disposable' } as const
  openCacheWriter(location).close()
  const outbox = openOutbox(location)
  const { takeIn } = openSpecimenRoom(location, outbox)
  const files: string[] = []
  for (const [at, over] of decisions.entries()) {
    const path = join(folder, `${at}.eml`)
    writeFileSync(path, `evidence ${at}`)
    const { id: specimenId } = await takeIn(path)
    const decision = anOperation('attachment.add', aKeptFile({ specimenId }), {
      id: `op${at}`,
      notBefore: 9e15,
    })
    outbox.append([decision])
    outbox.update([{ ...decision, ...over } as Operation])
    files.push(join(folder, 'specimens', specimenId))
  }
  outbox.close()
  return { folder, location, files }
}

/** Nobody listens there: the profile opens without a server. */
const connection = { url: 'http://127.0.0.1:9', apiKey: 'k' }

it('a file whose decision was lost to damage stays, is listed at every opening, and can be saved and discarded', async () => {
  const { folder, location, files } = await profileWith({}, {})
  const db = connectOutbox(location, { readonly: true })
  const root = db.prepare<[], number>(`SELECT rootpage FROM sqlite_schema WHERE name = 'operation'`).pluck()
  const page = root.get()!
  db.close()
  breakPages(outboxPath(folder), page - 1)

  const rig = await startCoreRig({ connection, folder })
  const lost = { message: '2 files are kept here whose decision was lost, or never stored.' }
  expect((await rig.remote.current())?.notices).toMatchObject([{ kind: 'corrupt' }, lost])
  for (let opening = 2; opening <= 3; opening++) {
    await rig.remote.close()
    await rig.open()
    expect((await rig.remote.current())?.notices).toMatchObject([lost])
    expect(files.map((file) => existsSync(file))).toEqual([true, true])
  }

  const [first, second] = await rig.call('strays.list', {})
  expect([first?.name, second?.name]).toEqual(['0.eml', '1.eml'])
  const path = join(folder, 'saved.eml')
  const request = { strayId: first!.id, as: 'file' } as const
  expect(await rig.remote.nameToSave(request)).toBe('0.eml')
  expect(await rig.remote.saveFile({ ...request, path })).toEqual({ path, size: 10 })
  expect(readFileSync(path, 'utf8')).toBe('evidence 0')
  await rig.call('strays.discard', { id: first!.id })
  expect(await rig.call('strays.list', {})).toEqual([second])
  expect(files.map((file) => existsSync(file))).toEqual([false, true])
  await rig.remote.close()
  await rig.open()
  expect(await rig.call('strays.list', {})).toEqual([second])
  await rig.stop()
})

it('an outbox of which nothing can be read is begun anew at the analyst’s word only; files of its decisions stay', async () => {
  const { folder, files } = await profileWith({}, {})
  const path = outboxPath(folder)
  breakPages(path, ...Array.from({ length: pagesOf(path) }, (_, page) => page))
  await expect(startCoreRig({ connection, folder })).rejects.toMatchObject({
    kind: 'corrupt',
    details: { unreadable: 'outbox' },
  })
  const rig = await startCoreRig({ connection, folder, mayBeginAnew: true })
  const [notice, ...others] = (await rig.remote.current())?.notices ?? []
  expect(others).toEqual([])
  expect(notice?.did).toContain('outbox.damaged-')
  expect(await rig.status()).toMatchObject({ waiting: 0 })
  expect(files.map((file) => existsSync(file))).toEqual([true, true])
  await rig.stop()
})

it('a file goes at the next opening once its decision was sent or dropped, and stays while it waits', async () => {
  const { folder, files } = await profileWith({}, sent, {})
  const rig = await startCoreRig({ connection, folder })
  await rig.call('outbox.drop', { id: 'op2', together: [] })
  await rig.remote.close()
  await rig.open()
  expect(readdirSync(join(folder, 'specimens')).map((name) => join(folder, 'specimens', name))).toEqual([
    files[0],
  ])
  expect((await rig.remote.current())?.notices).toBeUndefined()
  expect(await rig.call('strays.list', {})).toEqual([])
  await rig.stop()
})
