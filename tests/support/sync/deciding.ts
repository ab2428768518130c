import { onTestFinished } from 'vitest'
import { connectServer } from '#main/core/server-factory.ts'
import type { ServiceContext } from '#main/services/context.ts'
import { readSettings } from '#main/services/settings.ts'
import type { PullRig } from './pull-rig.ts'

/** The use cases of the analyst whose copy this is: they see what the copy shows, and what they decide goes with the next round. */
export async function deciding({ hive, book, outbox, reader }: PullRig): Promise<ServiceContext> {
  const { signal } = new AbortController()
  const { server } = await connectServer({ url: hive.url, apiKey: 'ana-key' }, signal)
  onTestFinished(() => server.close())
  const catalog = await server.catalog(signal)
  let count = 0
  return {
    book,
    session: () => server.session,
    catalog: () => catalog,
    settings: () => ({ ...readSettings(outbox), undoWindow: 0 }),
    now: () => 0,
    newId: () => `id-${(count += 1)}`,
    shown: (id) => Promise.resolve(reader.detail(id)),
    shownCase: (id) => Promise.resolve(reader.case(id)),
    alertIdByKey: () => Promise.resolve(undefined),
    queued: () => undefined,
    foldFailed: (thrown) => {
      throw thrown
    },
  }
}
