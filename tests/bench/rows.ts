/** One measured thing. Its baseline is measured in the same run, and `ratio` is the claim: absolute times move with the machine. */
export type BenchRow = {
  name: string
  unit: string
  p50: number
  p95: number
  p99: number
  /** The baseline's p50, in the same unit; absent where nothing compares. */
  baseline?: number | undefined
  /** p50 over baseline. */
  ratio?: number | undefined
}

/** What the command line may ask for; a bench takes from it what it knows. */
export type BenchSizes = { alerts?: number | undefined; rounds?: number | undefined }

/** The value below which `share` of the samples lie (nearest rank). Throws on no samples. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((left, right) => left - right)
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
  if (value === undefined) throw new Error('No samples')
  return value
}

/** A row from samples and, where there are some, the baseline's samples. */
export function rowOf(
  name: string,
  unit: string,
  samples: readonly number[],
  baselineSamples?: readonly number[],
): BenchRow {
  const p50 = percentile(samples, 0.5)
  const row = { name, unit, p50, p95: percentile(samples, 0.95), p99: percentile(samples, 0.99) }
  if (baselineSamples === undefined) return row
  const baseline = percentile(baselineSamples, 0.5)
  return { ...row, baseline, ratio: p50 / baseline }
}

/** For people: one line a row, columns aligned. */
export function formatRows(rows: readonly BenchRow[]): string {
  const number = (value: number | undefined) =>
    value === undefined ? '–' : value.toFixed(value < 10 ? 3 : 1)
  const lines = [
    ['name', 'unit', 'p50', 'p95', 'p99', 'baseline', 'ratio'],
    ...rows.map((row) => [
      ...[row.name, row.unit, number(row.p50), number(row.p95), number(row.p99)],
      ...[number(row.baseline), number(row.ratio)],
    ]),
  ]
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  const pad = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n')
}
