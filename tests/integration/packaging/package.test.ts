import { extractAll } from '@electron/asar'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archivedManifest, archiveFiles, unpackedFiles } from './archive.ts'
import { makeFakeElectron, readFuses } from './fake-electron.ts'
import { launcherOf } from './launcher.ts'
import { electronVersion, makeBuildFolder, projectDir, runPackageScript, sha256 } from './fixture.ts'
import type { ScriptRun } from './fixture.ts'

const linux = ['--dir', '--platform', 'linux', '--arch', 'x64']
const binaries = [
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
  'node_modules/keytar/prebuilds/linux-x64/keytar.node',
]
const temp = mkdtempSync(join(tmpdir(), 'forager-package-'))
const electron = makeFakeElectron(join(temp, 'electron'), electronVersion())
const built = makeBuildFolder(join(temp, 'built'))

const packageInto = (name: string): Promise<ScriptRun> =>
  runPackageScript([...linux, '--electron-dist', electron, '--built', built, '--out', join(temp, name)])
const archiveIn = (name: string): string => join(temp, name, 'linux-unpacked/resources/app.asar')

afterAll(() => rmSync(temp, { recursive: true, force: true }))

describe('an assembled package', () => {
  const app = join(temp, 'first/linux-unpacked')
  const archive = archiveIn('first')

  beforeAll(async () => {
    const { code, output } = await packageInto('first')
    expect(code, output).toBe(0)
  })

  it('holds the bundles and the manifest, and of a build folder nothing else', () => {
    expect(archiveFiles(archive).filter((name) => !name.startsWith('node_modules/'))).toEqual([
      'out/main/core.js',
      'out/main/index.js',
      'out/preload/index.cjs',
      'out/renderer/assets/app.js',
      'out/renderer/index.html',
      'package.json',
    ])
  })

  it('holds only the modules the program depends on at run time', () => {
    const modules = archiveFiles(archive).map((name) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(name)?.[1])
    const { dependencies, devDependencies } = archivedManifest(archive)
    expect(new Set(modules.filter((name) => name !== undefined))).toEqual(new Set(Object.keys(dependencies)))
    expect(devDependencies).toBeUndefined()
  })

  it('holds of a native module its scripts, its licence and the binary for its system', () => {
    const rest = archiveFiles(archive).filter(
      (name) => name.startsWith('node_modules/') && !/^node_modules\/[^/]+\/lib\/.*\.js$/.test(name),
    )
    expect(rest).toEqual(
      [
        ...binaries,
        'node_modules/better-sqlite3/LICENSE',
        'node_modules/better-sqlite3/package.json',
        'node_modules/keytar/LICENSE.md',
        'node_modules/keytar/package.json',
      ].sort(),
    )
  })

  it('keeps both native binaries beside the archive, as they were installed', () => {
    expect(unpackedFiles(archive)).toEqual(binaries)
    for (const name of binaries)
      expect(sha256(join(`${archive}.unpacked`, name)), name).toBe(sha256(join(projectDir, name)))
  })

  it('names a main file that is there', () => {
    expect(archiveFiles(archive)).toContain(normalize(archivedManifest(archive).main))
  })

  it('says of itself what its launcher is called, so that the desktop knows its window', async () => {
    const { desktopName } = archivedManifest(archive)
    expect(desktopName).toBe('forager.desktop')
    const { fileName, entry } = await launcherOf({ desktopName })
    expect(`${fileName}.desktop`).toBe(desktopName)
    expect(entry).toContain('\nStartupWMClass=forager\n')
    expect(entry).toContain('\nName=Forager\n')
  })

  it('carries a database engine that opens by the name of its system', () => {
    const copy = join(temp, 'extracted')
    extractAll(archive, copy)
    const script =
      "const D = require('better-sqlite3/linux-x64'); console.log(new D(':memory:').prepare('select 6 * 7').pluck().get())"
    const run = spawnSync(process.execPath, ['-e', script], { cwd: copy, encoding: 'utf8' })
    expect(run.stdout.trim(), run.stderr).toBe('42')
  })

  it('has every fuse of its binary set, WebAssembly trap handlers left to Electron', () => {
    expect(readFuses(join(app, 'forager'))).toBe('010011001')
  })

  it('is Forager under its own name, executable, without the welcome app of Electron', () => {
    expect(statSync(join(app, 'forager')).mode & 0o111).toBe(0o111)
    expect(existsSync(join(app, 'electron'))).toBe(false)
    expect(existsSync(join(app, 'resources/default_app.asar'))).toBe(false)
  })

  it('carries the licences of Forager, Electron and Chromium', () => {
    for (const name of ['resources/LICENSE.txt', 'LICENSE.electron.txt', 'LICENSES.chromium.html'])
      expect(existsSync(join(app, name)), name).toBe(true)
  })

  it('comes out the same, byte for byte, when made again', async () => {
    const { code, output } = await packageInto('second')
    expect(code, output).toBe(0)
    expect(sha256(archiveIn('second'))).toBe(sha256(archive))
  })
})

describe('a build that lacks its main file', () => {
  it('is no package: the script says so and fails', async () => {
    const broken = makeBuildFolder(join(temp, 'broken'))
    rmSync(join(broken, 'main/index.js'))
    const { code, output } = await runPackageScript([
      ...linux,
      ...['--electron-dist', electron, '--built', broken, '--out', join(temp, 'broken-out')],
    ])
    expect(code).toBe(1)
    expect(output).toContain('main/index.js')
  })
})

describe('packaging refuses, before it has built anything,', () => {
  it('an Electron of another version', async () => {
    const old = makeFakeElectron(join(temp, 'old-electron'), '1.0.0')
    const { code, output } = await runPackageScript([
      ...linux,
      '--electron-dist',
      old,
      '--out',
      join(temp, 'no'),
    ])
    expect(code).toBe(1)
    expect(output).toContain(`is Electron 1.0.0; Forager is built for ${electronVersion()}`)
  })

  it('an Electron that is not there', async () => {
    const { code, output } = await runPackageScript([...linux, '--electron-dist', join(temp, 'nowhere')])
    expect(code).toBe(1)
    expect(output).toContain(`There is no Electron distribution at ${join(temp, 'nowhere')}`)
  })

  it('a folder that holds no Electron', async () => {
    const { code, output } = await runPackageScript([...linux, '--electron-dist', built])
    expect(code).toBe(1)
    expect(output).toContain('holds no Electron for linux-x64')
  })

  it('a system it has no Electron for, saying how to name one', async () => {
    const other = process.platform === 'win32' ? 'mac' : 'win'
    const { code, output } = await runPackageScript(['--dir', '--platform', other, '--arch', 'arm64'])
    expect(code).toBe(1)
    expect(output).toContain('--electron-dist DIR')
  })

  it('a system Forager is not made for', async () => {
    const { code, output } = await runPackageScript(['--platform', 'beos'])
    expect(code).toBe(1)
    expect(output).toContain('--platform is one of linux, mac, win, not beos')
  })
})
