import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
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
