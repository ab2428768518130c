import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  readPlaywrightReport,
  readProofReport,
  readVitestReport,
} from '../../../build/scripts/lib/reports.mjs'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forager-reports-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function report(content: unknown): string {
  const file = join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

describe('the counts of a run', () => {
  it('are vitest’s own, and a file that would not load is a failure', () => {
    const file = report({
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'passed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [] },
      ],
    })
    expect(readVitestReport(file)).toEqual({ passed: 7, failed: 2, skipped: 3 })
  })

  it('are Playwright’s own, and a test that passed only when repeated has failed', () => {
    const file = report({ stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 3 } })
    expect(readPlaywrightReport(file)).toEqual({ passed: 5, failed: 3, skipped: 3 })
  })

  it('are the proofs’ own, and one that could not be run was skipped', () => {
    const file = report({ passed: 4, failed: 1, skipped: 2 })
    expect(readProofReport(file)).toEqual({ passed: 4, failed: 1, skipped: 2 })
  })

  it('are nothing when the run died before it could write', () => {
    const none = { passed: 0, failed: 0, skipped: 0 }
    expect(readVitestReport(join(folder, 'missing.json'))).toEqual(none)
    expect(readPlaywrightReport(join(folder, 'missing.json'))).toEqual(none)
  })
})
