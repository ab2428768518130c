import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ObservableValue } from '#shared/model/observable.ts'

/**
 * The type of all values of one request; undefined of none.
 * @throws ForagerError `bug` when they differ: one request names one type (api.md §3.10)
 */
export function oneTypeOf(values: readonly ObservableValue[]): string | undefined {
  const [dataType, ...others] = new Set(values.map((value) => value.dataType))
  if (others.length > 0)
    throw new ForagerError('bug', 'Values of different types cannot be added in one request.')
  return dataType
}
