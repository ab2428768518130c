/** `npm run bench -- NAME [--json FILE]`: runs ./NAME.ts, which exports `run(): Promise<BenchRow[]>`, and prints its rows. */
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { formatRows } from './rows.ts'
import type { BenchRow } from './rows.ts'

const notBenches = ['main.ts', 'rows.ts']

function benchNames(): string[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !notBenches.includes(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort()
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { json: { type: 'string' } } })
  const name = positionals[0] ?? ''
  if (!benchNames().includes(name))
    throw new Error(
      `Usage: npm run bench -- NAME [--json FILE], where NAME is one of ${benchNames().join(', ')}`,
    )
  const file = pathToFileURL(join(import.meta.dirname, `${name}.ts`)).href
  const bench = (await import(file)) as { run: () => Promise<BenchRow[]> }
  const rows = await bench.run()
  console.log(formatRows(rows))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`)
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
