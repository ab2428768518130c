import type { Reporter, TestModule } from 'vitest/node'

type Entry = { operation: string; target: string; outcome: 'pass' | 'absent' }

/** Prints operation × server at the end of a run of the contract suite; says nothing when none of it ran. */
class TableReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const cells = new Map<string, Map<string, string>>()
    const targets: string[] = []
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const entry = (test.meta() as { contract?: Entry }).contract
        if (entry === undefined) continue
        if (!targets.includes(entry.target)) targets.push(entry.target)
        const row = cells.get(entry.operation) ?? new Map<string, string>()
        cells.set(entry.operation, row)
        const failed = test.result().state !== 'passed'
        if (row.get(entry.target) !== 'FAIL') row.set(entry.target, failed ? 'FAIL' : entry.outcome)
      }
    }
    if (cells.size > 0) process.stdout.write(`\n${drawn(cells, targets)}\n`)
  }
}

function drawn(cells: ReadonlyMap<string, ReadonlyMap<string, string>>, targets: readonly string[]): string {
  const rows = [...cells].map(([operation, row]) => [
    operation,
    ...targets.map((each) => row.get(each) ?? ''),
  ])
  const heads = targets.map((target) => target.replace(/^.*· /, ''))
  const all = [['operation', ...heads], ...rows]
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((text, at) => text.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

// The runner loads a reporter by its default export.
export { TableReporter as default }
