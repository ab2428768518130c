import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { StepContext } from './kind.ts'

type Added = {
  localId: string
  dataType?: string | undefined
  data?: string | undefined
  attachment?: { sha256: string } | undefined
}

/** Natural key of an observable within one alert: its type and value, or its file. */
export function observableKey({ dataType, data, attachment }: Omit<Added, 'localId'>): string {
  return attachment === undefined ? `${dataType}\n${data ?? ''}` : `file\n${attachment.sha256}`
}

/** From now on the server's ids stand for ours, so that what was decided about an unsent observable finds it. */
export function mapObservables(
  added: readonly Added[],
  there: readonly Observable[],
  { pending }: Pick<StepContext, 'pending'>,
): void {
  const ids = new Map(there.map((one) => [observableKey(one), one.id]))
  const known = added.map((one) => [one.localId, ids.get(observableKey(one))] as const)
  pending.mapIds(known.filter((pair): pair is readonly [string, string] => pair[1] !== undefined))
}

/** Servers refer to what they refused as already there without its id: then their list has to be read once more. */
export const allKnown = (added: readonly Added[], there: readonly Observable[]): boolean => {
  const keys = new Set(there.map(observableKey))
  return added.every((one) => keys.has(observableKey(one)))
}

/**
 * What a server says it has must be there to be called done: its list may be behind.
 * @throws ForagerError of unknown outcome, so that it is looked for again before anything else
 */
export function mustShow(added: readonly Added[], there: readonly Observable[]): void {
  if (allKnown(added, there)) return
  throw new ForagerError('server-error', 'The server says that it has this, but does not show it yet.', {
    details: { sent: true },
  })
}
