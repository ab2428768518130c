/**
 * `npm test`: everything, in order, with a heading and a time each. Goes on after a failure, so that one run tells all;
 * ends with `N passed, N failed, N skipped` and a code other than 0 when anything failed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from './lib/build-state.mjs'
import { runWithKeyring } from './lib/keyring.mjs'
import { ownNode, root, tools } from './lib/paths.mjs'
import { readPlaywrightReport, readVitestReport } from './lib/reports.mjs'
import { run } from './lib/run.mjs'

const reports = mkdtempSync(join(tmpdir(), 'forager-reports-'))
const totals = { passed: 0, failed: 0, skipped: 0 }
let first = true

/** Runs one step. A step fails by its code; one without a failed test of its own then counts as one failure. */
async function step(title, work, readReport) {
  process.stdout.write(`${first ? '' : '\n'}== ${title}\n`)
  first = false
  const started = Date.now()
  const { code, said } = await work().catch((error) => ({ code: 1, said: error.message }))
  if (code !== 0 && said) console.log(said.trim())
  const counts = readReport?.() ?? { passed: 0, failed: 0, skipped: 0 }
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  for (const key of Object.keys(totals)) totals[key] += counts[key]
  const told = readReport
    ? `, ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
    : ''
  console.log(`-- ${title}: ${code === 0 ? 'ok' : 'FAILED'} in ${seconds(started)} s${told}`)
  return code === 0
}

const quiet = (args) => async () => {
  const { code, output } = await run(ownNode, args, { capture: true })
  return { code, said: output }
}

function vitest(project) {
  const file = join(reports, `${project}.json`)
  const args = [tools.vitest, 'run', '--project', project, '--reporter=dot', '--reporter=json']
  const work = () => runWithKeyring(ownNode, [...args, `--outputFile.json=${file}`, '--passWithNoTests'])
  return [work, () => readVitestReport(file)]
}

function endToEnd() {
  const file = join(reports, 'e2e.json')
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  const work = () => runWithKeyring(ownNode, [tools.playwright, 'test', '--reporter=list,json'], { env })
  return [work, () => readPlaywrightReport(file)]
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1)
}

const started = Date.now()
await step('Types', async () => ({
  code: (await run(ownNode, [join(root, 'build/scripts/types.mjs')])).code,
}))
await step('Format', quiet([tools.prettier, '--check', '--log-level', 'warn', '.']))
await step('Lint', quiet([tools.eslint, '.']))
await step('Unit', ...vitest('unit'))
await step('Contract', ...vitest('contract'))
const built = await step('Build', async () => ({ code: 0, said: await buildIfStale() }))
await step('Integration and packaging', ...vitest('integration'))
if (built) await step('End to end', ...endToEnd())
rmSync(reports, { recursive: true, force: true })
console.log(`\nAll of it in ${seconds(started)} s`)
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exitCode = totals.failed > 0 ? 1 : 0
