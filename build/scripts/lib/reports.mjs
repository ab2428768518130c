import { existsSync, readFileSync } from 'node:fs'

/** Counts of a vitest JSON report; nothing when the run died before it could write one. A file that failed to load counts. */
export function readVitestReport(file) {
  const report = read(file)
  if (report === undefined) return { passed: 0, failed: 0, skipped: 0 }
  const brokenFiles = (report.testResults ?? []).filter(
    (result) => result.status === 'failed' && (result.assertionResults ?? []).length === 0,
  ).length
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  }
}

/** Counts of a Playwright JSON report. A test that passed only when repeated has failed once, and counts as failed. */
export function readPlaywrightReport(file) {
  const stats = read(file)?.stats
  if (stats === undefined) return { passed: 0, failed: 0, skipped: 0 }
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped }
}

/** Counts of `npm run test:faults -- --json FILE`: one a proof; what could not be run counts as skipped. */
export function readProofReport(file) {
  return read(file) ?? { passed: 0, failed: 0, skipped: 0 }
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
