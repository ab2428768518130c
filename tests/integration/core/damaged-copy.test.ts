import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { cachePath } from '#main/store/profile-files.ts'
import { startCoreRig } from '#tests/support/core/core-rig.ts'
import { anOperation } from '#tests/support/make.ts'
import { breakPages, pagesOf } from '#tests/support/store/break-file.ts'
import { fillCache } from '#tests/support/store/filled-cache.ts'

it('damage in the copy that shows only when the profile has opened does not keep it shut: it is begun anew, and said so', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'forager-core-'))
  const location = { folder, keyHex: 'ab'.repeat(32), care: 'disposable' } as const
  const writer = openCacheWriter(location)
  const [alert] = fillCache(writer, 300)
  writer.close()
  const outbox = openOutbox(location)
  outbox.append([anOperation('comment.add', { localId: 'local:c', message: 'seen' }, { alertId: alert!.id })])
  outbox.close()
  const total = pagesOf(cachePath(folder))
  breakPages(cachePath(folder), ...Array.from({ length: total - 12 }, (_, n) => 12 + n))

  // Nobody listens there: the profile opens without a server.
  const rig = await startCoreRig({ connection: { url: 'http://127.0.0.1:9', apiKey: 'k' }, folder })
  const opened = await rig.remote.current()
  expect(opened?.notices).toMatchObject([{ kind: 'corrupt', did: expect.stringContaining('kept') as string }])
  expect(opened?.sync.waiting).toBe(1)
  await rig.stop()
})
