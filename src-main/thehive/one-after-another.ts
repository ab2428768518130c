import { afterSome } from '#shared/errors/after-taken.ts'

/**
 * The requests that one change takes, in their order.
 * @throws ForagerError as it came from the first, or a refusal; of unknown outcome once one of them was done
 */
export async function oneAfterAnother(asks: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const [at, ask] of asks.entries()) await (at === 0 ? ask() : afterSome(ask))
}
