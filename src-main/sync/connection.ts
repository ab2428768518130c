import type { TheHiveServer } from '../thehive/port.ts'
import type { SyncCache, SyncEvents } from './ports.ts'

type ConnectionParts = {
  /** Detects, authenticates, learns who we are. Throws like every server call. */
  connect: (signal: AbortSignal) => Promise<TheHiveServer>
  cache: Pick<SyncCache, 'saveSession' | 'saveCatalog'>
  events: Pick<SyncEvents, 'connected'>
  signal: AbortSignal
  /** There is a server now, or none any more. */
  changed: () => void
}

/** The server, as long as it can be reached. */
export function createConnection({ connect, cache, events, signal, changed }: ConnectionParts) {
  let server: TheHiveServer | undefined

  return {
    now: (): TheHiveServer | undefined => server,
    /** Throws what a server call throws. */
    async make(): Promise<TheHiveServer> {
      const made = await connect(signal)
      const catalog = await made.catalog(signal)
      events.connected(made.session, catalog)
      await cache.saveSession(made.session)
      await cache.saveCatalog(catalog)
      server = made
      changed()
      return made
    },
    forget(): void {
      const lost = server
      server = undefined
      changed()
      // The sockets are dead or useless; closing them can only fail in ways nobody can act on.
      lost?.close().catch(() => undefined)
    },
    close: async (): Promise<void> => server?.close(),
  }
}
export type Connection = ReturnType<typeof createConnection>
