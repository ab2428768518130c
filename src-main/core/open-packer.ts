import type { Catalog } from '#shared/model/catalog.ts'
import type { PackStatus } from '#shared/model/shift-pack.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { systemClock } from '../platform/clock.ts'
import { readSettings } from '../services/settings.ts'
import type { Driver } from '../sync/driver.ts'
import { findOnServer } from '../sync/find-on-server.ts'
import type { OperationBook } from '../sync/operation-book.ts'
import type { TakenFiles } from '../sync/pack-files.ts'
import { packPlans } from '../sync/pack-plans.ts'
import type { SyncEvents } from '../sync/ports.ts'
import { ShiftPacker } from '../sync/shift-packer.ts'
import { readPack, withinDays } from './pack-reading.ts'
import type { ProfileFiles } from './profile-files.ts'

type Parts = {
  files: ProfileFiles
  book: OperationBook
  driver: Pick<Driver, 'ask'>
  catalog: () => Catalog
  changed: SyncEvents['changed']
  tell: (status: PackStatus) => void
  taken: TakenFiles
}

/** What is taken along from this profile. */
export function openPacker(parts: Parts): ShiftPacker {
  const { files, book, driver, catalog, changed, tell, taken } = parts
  const { cache, readers, outbox } = files
  return new ShiftPacker({
    ...{ cache, tell, taken, clock: systemClock, pending: book, plans: packPlans(outbox) },
    ask: (question) => driver.ask(question),
    metered: () => readSettings(outbox).metered,
    wanted: (plan) => readPack(plan, readers, systemClock.now()),
    fetchViews: async (plan, server, signal) => {
      if ((await cache.marks()).fill === 'done') return
      const customFields = new Map(catalog().customFields.map(({ name, type }) => [name, type]))
      const now = systemClock.now()
      for (const { filter } of plan.views) {
        const wanted = { filter: withinDays(filter, plan.days), sort: newestFirst, now, customFields }
        const found = await findOnServer(wanted, { server, cache, book, signal })
        changed(found.changed, found.arrived)
      }
    },
  })
}
