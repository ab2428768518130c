import type { CacheWriter, Ingested } from '../store/ports.ts'
import type { pageInbox } from './page-inbox.ts'

/** The writer's methods plus storing a page that another thread made ready. */
export function withPages(
  writer: CacheWriter,
  inbox: Pick<ReturnType<typeof pageInbox>, 'take'>,
  now: () => number,
) {
  const ingestPage = async (token: number, there: number): Promise<Ingested> => {
    const page = await inbox.take(token)
    writer.setAside(page.setAside)
    if (page.entity === 'alert') return writer.ingestReadyAlerts(page.rows, now(), there)
    const { changed } = writer.ingestReadyObservables(page.rows)
    return { changed, arrived: 0, underPending: [] }
  }
  return Object.assign(writer, { ingestPage })
}
