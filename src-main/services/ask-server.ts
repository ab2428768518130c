import type { CallOutput, ParsedInput } from '#shared/contract/contract.ts'
import { printFilter } from '#shared/query/print.ts'
import type { SyncEvents } from '../sync/ports.ts'
import type { Driver } from '../sync/driver.ts'
import { findOnServer } from '../sync/find-on-server.ts'
import type { FindContext } from '../sync/find-on-server.ts'
import type { ServiceContext } from './context.ts'

type AskContext = ServiceContext & {
  driver: Pick<Driver, 'ask'>
  cache: FindContext['cache']
  changed: SyncEvents['changed']
}

/**
 * Sends a filter to the server; what it finds is ordinary rows from then on. Useful while the copy is not whole.
 * @throws ForagerError `offline` when there is no connection, and whatever a question may throw
 */
export async function askServer(
  { filter, sort }: ParsedInput<'queue.askServer'>,
  { book, session, catalog, now, driver, cache, changed }: AskContext,
): Promise<CallOutput<'queue.askServer'>> {
  const customFields = new Map(catalog().customFields.map(({ name, type }) => [name, type]))
  const wanted = { filter, sort, now: now(), customFields }
  const { changed: ids, ...answer } = await driver.ask((server, signal) =>
    findOnServer(wanted, { server, cache, book, signal }),
  )
  changed(ids, answer.arrived)
  const { total, notAsked, ...rest } = answer
  const me = session().login
  return {
    ...rest,
    ...(total !== undefined && { total }),
    notAsked: notAsked.map(({ part, seen }) => ({ text: printFilter(part, { me }), seen })),
  }
}
