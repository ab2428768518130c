/** `npm run bench -- NAME [--json FILE] [--alerts N] [--rounds N]`: runs ./NAME.ts, which exports `run(sizes)`, and prints its rows. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { sweepBenchFolders } from './bench-folder.ts'
import { formatRows } from './rows.ts'
import type { BenchRow, BenchSizes } from './rows.ts'

const notBenches = ['main.ts', 'rows.ts', 'bench-folder.ts']

function benchNames(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !notBenches.includes(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { json: text, alerts: text, rounds: text },
  })
  const name = positionals[0] ?? ''
  if (!benchNames().includes(name))
    throw new Error(
      `Usage: npm run bench -- NAME [--json FILE] [--alerts N] [--rounds N], where NAME is one of ${benchNames().join(', ')}`,
    )
  const file = pathToFileURL(join(import.meta.dirname, `${name}.ts`)).href
  const bench = (await import(file)) as { run: (sizes: BenchSizes) => Promise<BenchRow[]> }
  sweepBenchFolders()
  const rows = await bench.run({
    alerts: size('alerts', values.alerts),
    rounds: size('rounds', values.rounds),
  })
  console.log(formatRows(rows))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ results: rows }, null, 2)}\n`)
}

function size(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  if (/^[1-9]\d*$/.test(given)) return Number(given)
  throw new Error(`--${name} ${given}: a whole number from 1 is expected`)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
