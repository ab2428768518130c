import type { KindResult } from './run-kind.ts'

const mostLines = 40

/** Fault × kind, only what went wrong. */
export function failureTable(results: readonly KindResult[]): string[] {
  const lines = results.flatMap(({ name, failures }) =>
    failures.map(({ fault, at, how, why }) => `${name} × ${fault}, at ${at}: ${how}: ${why}`),
  )
  const more = lines.length - mostLines
  return more > 0 ? [...lines.slice(0, mostLines), `and ${more} more`] : lines
}

/** How many ended so. */
export const countOf = (results: readonly KindResult[], how: KindResult['failures'][number]['how']): number =>
  results.flatMap(({ failures }) => failures).filter((one) => one.how === how).length
