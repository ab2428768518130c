import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { isSatisfied } from '../../../build/scripts/lib/install-packages.mjs'
import { isRequired, needsFor } from '../../../build/scripts/lib/system-packages.mjs'
import { projectRoot } from '#tests/support/tree/source-imports.ts'

const locked = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/b': { version: '2.0.0' },
  'node_modules/only-elsewhere': { version: '3.0.0', optional: true },
}

describe('what is installed', () => {
  it('is enough when it is what the lock names, other systems’ packages apart', () => {
    const installed = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } }
    expect(isSatisfied(locked, installed)).toBe(true)
  })

  it.each([
    ['is missing', { 'node_modules/a': { version: '1.0.0' } }],
    [
      'has another version',
      { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.1' } },
    ],
  ])('is not enough when something %s', (_what, installed) => {
    expect(isSatisfied(locked, installed)).toBe(false)
  })
})

/** A clone with nothing but the scripts and a lock, and an npm that writes down what it is asked and does as it is told. */
function installing(npm: string) {
  const clone = mkdtempSync(join(tmpdir(), 'forager-clone-'))
  cpSync(join(projectRoot, 'build/scripts/lib'), join(clone, 'build/scripts/lib'), { recursive: true })
  writeFileSync(join(clone, 'package-lock.json'), '{}')
  const execPath = join(clone, 'npm.js')
  const note = `fs.appendFileSync('asked', process.argv.slice(2).join(' ') + '\\n')`
  writeFileSync(execPath, `const fs = require('node:fs'); ${note}; const word = process.argv[2]; ${npm}`)
  const module = pathToFileURL(join(clone, 'build/scripts/lib/install-packages.mjs')).href
  const script = `const { installPackages } = await import('${module}'); await installPackages()`
  const options = { encoding: 'utf8', env: { ...process.env, npm_execpath: execPath } } as const
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], options)
  const asked = readFileSync(join(clone, 'asked'), 'utf8').trim().split('\n')
  const isStamped = existsSync(join(clone, 'node_modules/.forager-stamp'))
  rmSync(clone, { recursive: true })
  return { status, stderr, asked, isStamped }
}

const makesNode = `if (word === 'rebuild') {
  fs.mkdirSync('node_modules/node/bin', { recursive: true })
  fs.writeFileSync('node_modules/node/bin/' + (process.platform === 'win32' ? 'node.exe' : 'node'), '')
}`

describe('installing', () => {
  it('compiles nothing: no script runs but that of the Node which Forager runs on', () => {
    const { status, asked, isStamped } = installing(makesNode)
    expect(status).toBe(0)
    expect(isStamped).toBe(true)
    expect(asked).toHaveLength(2)
    expect(asked[0]).toMatch(/^ci .*--ignore-scripts( |$)/)
    expect(asked[1]).toMatch(/^rebuild node /)
  })

  it.each([
    ['ci', 'process.exitCode = 1', /npm ci failed with code 1/],
    ['rebuild', `process.exitCode = word === 'rebuild' ? 3 : 0`, /npm rebuild failed with code 3/],
    ['that brings no Node', '', /did not bring the Node/],
  ])('says what failed, and is begun anew the next time: npm %s', (_what, npm, words) => {
    const { status, stderr, isStamped } = installing(npm)
    expect(status).not.toBe(0)
    expect(stderr).toMatch(words)
    expect(isStamped).toBe(false)
  })
})

describe('what the system must bring', () => {
  it('is no browser where Electron is, and a keychain for the tests', () => {
    expect(needsFor('check', { electron: false })).toEqual([])
    expect(needsFor('start', { electron: true })).not.toContain('chromium')
    expect(needsFor('start', { electron: false })).toContain('chromium')
    if (process.platform === 'linux') expect(needsFor('test', { electron: false })).toContain('keyring')
  })

  it('is also what lets power cuts and failing disks be tried; without that the other tests still run', () => {
    const faults = needsFor('faults', { electron: false })
    expect(faults).toEqual(process.platform === 'linux' ? ['strace'] : [])
    expect(needsFor('test', { electron: true })).toEqual(expect.arrayContaining(faults))
    expect(faults.filter(isRequired)).toEqual([])
    expect(isRequired('chromium')).toBe(true)
  })
})

describe('the setup script', () => {
  it.each([[[]], [['--for']], [['--for', 'fun']]])('tells its usage when called with %j', (args) => {
    const script = join(projectRoot, 'build/scripts/setup.mjs')
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
    expect(stderr).toContain('--for start|test|check')
    expect(status).toBe(2)
  })
})
