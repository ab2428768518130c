/**
 * `npm test`: everything, with a heading and a time each. Two steps run side by side, the longest first, so that both lanes end
 * together; the app in its browser, which waits much, goes first where both want the processor. A step's words come in one piece when
 * it ends. Goes on after a failure, so that one run tells all; ends with `N passed, N failed, N skipped` and a code other than 0 when
 * anything failed.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from './lib/build-state.mjs'
import { runWithKeyring } from './lib/keyring.mjs'
import { ownNode, root, tools } from './lib/paths.mjs'
import { readPlaywrightReport, readProofReport, readVitestReport } from './lib/reports.mjs'
import { run } from './lib/run.mjs'

const reports = mkdtempSync(join(tmpdir(), 'forager-reports-'))
const totals = { passed: 0, failed: 0, skipped: 0 }
/** Processor priority of the steps that step back, as `nice` counts. */
const steppingBack = 10
// Hundreds of short programs are started from the same sources: what Node compiled for one, the next finds.
process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/compiled')

/** Runs one step. A step fails by its code; one without a failed test of its own then counts as one failure. */
async function step({ title, work, readReport, tells = false }) {
  console.log(`.. ${title}`)
  const started = Date.now()
  const { code, output } = await work().catch((error) => ({ code: 1, output: error.message }))
  const counts = readReport?.() ?? { passed: 0, failed: 0, skipped: 0 }
  if (code !== 0 && counts.failed === 0) counts.failed = 1
  for (const key of Object.keys(totals)) totals[key] += counts[key]
  const told = readReport
    ? `, ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`
    : ''
  const said = (tells || code !== 0) && output ? `${output.trim()}\n` : ''
  console.log(
    `\n== ${title}\n${said}-- ${title}: ${code === 0 ? 'ok' : 'FAILED'} in ${seconds(started)} s${told}`,
  )
  return code === 0
}

const options = { capture: true, niceness: steppingBack }
const command = (title, args) => ({ title, work: () => run(ownNode, args, options) })

/** `share`: which of how many parts of its files, as `1/2`. */
function vitest(title, project, share = '1/1') {
  const file = join(reports, `${project}-${share.replace('/', '-of-')}.json`)
  const reporters = ['--reporter=dot', '--reporter=json']
  const args = [tools.vitest, 'run', '--project', project, '--shard', share, ...reporters]
  const work = () =>
    runWithKeyring(ownNode, [...args, `--outputFile.json=${file}`, '--passWithNoTests'], options)
  return { title, work, readReport: () => readVitestReport(file) }
}

/** The same seed each time, so that a change is judged and not its luck; the search for new histories is `npm run test:faults`. */
const proofSeed = '1'

function faults() {
  const file = join(reports, 'faults.json')
  const args = [join(root, 'tests/faults/main.ts'), '--quick', '--seed', proofSeed, '--json', file]
  const work = () => run(ownNode, args, options)
  return { title: 'Faults', work, readReport: () => readProofReport(file), tells: true }
}

function endToEnd() {
  const file = join(reports, 'e2e.json')
  const args = [tools.playwright, 'test', '--reporter=list,json']
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: file }
  const work = () => runWithKeyring(ownNode, args, { env, capture: true })
  return { title: 'End to end', work, readReport: () => readPlaywrightReport(file), tells: true }
}

/** Takes the next step as soon as it is done with one. */
async function lane(steps) {
  for (let next = steps.shift(); next !== undefined; next = steps.shift()) await step(next)
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1)
}

const started = Date.now()
const built = await step({
  title: 'Build',
  work: async () => ({ code: 0, output: await buildIfStale() }),
})
const steps = [
  ...(built ? [endToEnd()] : []),
  faults(),
  // In halves, so that no lane is left with the whole of it at the end.
  vitest('Integration and packaging, first half', 'integration', '1/2'),
  vitest('Integration and packaging, second half', 'integration', '2/2'),
  command('Lint', [tools.eslint, '.']),
  command('Types', [join(root, 'build/scripts/types.mjs')]),
  vitest('Contract', 'contract'),
  command('Format', [tools.prettier, '--check', '--log-level', 'warn', '.']),
  vitest('Unit', 'unit'),
]
await Promise.all([lane(steps), lane(steps)])
rmSync(reports, { recursive: true, force: true })
console.log(`\nAll of it in ${seconds(started)} s`)
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exitCode = totals.failed > 0 ? 1 : 0
