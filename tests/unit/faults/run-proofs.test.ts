import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProofs } from '#tests/faults/run-proofs.ts'
import { proofTable } from '#tests/faults/table.ts'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'forager-proofs-'))
  const counts = (over: string) =>
    `Promise.resolve({ runs: 7, lost: 0, repeated: 0, overwritten: 0, stuck: 0, ${over} })`
  const proof = (file: string, rest: string) =>
    writeFileSync(join(folder, `${file}.ts`), `export const proof = { name: '${file}', ${rest} }\n`)
  proof('a-good', `run: () => ${counts('')}`)
  proof('b-lossy', `run: () => ${counts("lost: 2, failure: 'seed 5 loses two'")}`)
  proof('c-empty', `run: () => ${counts('runs: 0')}`)
  proof('d-broken', `run: () => Promise.reject(new Error('no such file'))`)
  proof('e-lacking', `lacks: () => 'strace is not installed', run: () => ${counts('')}`)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (...names: string[]) =>
  runProofs({ names, folder, told: () => undefined }, { size: 'quick', seed: 1 })

test('a proof that lost something, tried nothing or broke off has failed; one that could not run is told as such', async () => {
  const { passed, failed, skipped } = await run()
  expect({ passed, failed, skipped }).toEqual({ passed: 1, failed: 3, skipped: 1 })
})

test('the table tells of every proof how often it ran, what it found and why it failed', async () => {
  const table = proofTable((await run()).all)
  const line = (name: string) => table.split('\n').find((one) => one.startsWith(name))
  expect(line('a-good')).toMatch(/7 +0 +0 +0 +0 .*held$/)
  expect(line('b-lossy')).toMatch(/7 +2 +0 +0 +0 .*FAILED$/)
  expect(line('c-empty')).toMatch(/FAILED$/)
  expect(line('e-lacking')).toMatch(/not run$/)
  expect(table).toContain('b-lossy: seed 5 loses two')
  expect(table).toContain('d-broken: Error: no such file')
  expect(table).toContain('e-lacking: not run: strace is not installed')
})

test('proofs are chosen by a part of their name, and a name that fits none is an error', async () => {
  expect((await run('good', 'lossy')).all.map(({ name }) => name)).toEqual(['a-good', 'b-lossy'])
  await expect(run('nothing')).rejects.toThrow('No proof is named nothing')
})
