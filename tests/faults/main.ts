/**
 * `npm run test:faults -- [NAME …] [--seed N] [--histories N] [--workers N] [--hive N …] [--quick] [--json FILE]`: runs every file of proofs/, or those whose name
 * contains a NAME, prints one table, and ends with a code other than 0 when a proof did not hold. What could not run is told
 * as not run. The seed is printed; the same seed gives the same run.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { flavours } from '#tests/support/thehive/state/server-kind.ts'
import type { Flavour } from '#tests/support/thehive/state/server-kind.ts'
import { runProofs } from './run-proofs.ts'
import { proofTable } from './table.ts'

const text = { type: 'string' } as const

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      seed: text,
      histories: text,
      workers: text,
      hive: { ...text, multiple: true },
      quick: { type: 'boolean' },
      json: text,
    },
  })
  const seed = wholeNumber('seed', values.seed) ?? Date.now() % 1_000_000_007
  console.log(`Seed ${seed}`)
  const outcomes = await runProofs(
    { names: positionals, told: (name) => console.log(`… ${name}`) },
    {
      ...{ seed, size: values.quick === true ? 'quick' : 'full' },
      histories: wholeNumber('histories', values.histories),
      workers: wholeNumber('workers', values.workers),
      hives: values.hive?.map(flavourOf),
    },
  )
  const { all, passed, failed, skipped } = outcomes
  console.log(`\n${proofTable(all)}`)
  console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`)
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify({ passed, failed, skipped }))
  process.exitCode = failed > 0 ? 1 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}

function wholeNumber(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  if (/^[1-9]\d*$/.test(given)) return Number(given)
  throw new Error(`--${name} ${given}: a whole number from 1 is expected`)
}

function flavourOf(version: string): Flavour {
  const flavour = flavours.find((one) => one === `thehive${version}`)
  if (flavour === undefined) throw new Error(`--hive ${version}: 5, 4 or 3 is expected`)
  return flavour
}
