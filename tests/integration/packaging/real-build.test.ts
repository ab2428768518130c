import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { tmpdir } from 'node:os'
import { join, normalize } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { archivedManifest, archivedText, archiveFiles } from './archive.ts'
import { makeFakeElectron } from './fake-electron.ts'
import { electronVersion, projectDir, runPackageScript } from './fixture.ts'

const temp = mkdtempSync(join(tmpdir(), 'forager-real-package-'))

/** The program itself, built aside so that `out` stays what it was for whoever is using it. */
function buildAside(): string {
  const folder = join(temp, 'built')
  const bin = join(projectDir, 'node_modules/electron-vite/bin/electron-vite.js')
  const run = spawnSync(process.execPath, [bin, 'build', '--outDir', folder], {
    cwd: projectDir,
    encoding: 'utf8',
  })
  expect(run.status, run.stdout + run.stderr).toBe(0)
  return folder
}

/** The packages a script asks for, those asked for by the name of the system too; relative files and what Electron brings left out. */
function importsOf(script: string): string[] {
  const imported = ts.preProcessFile(script, true, true).importedFiles.map(({ fileName }) => fileName)
  const bySystem = [...script.matchAll(/\(`([^`$]+)\/\$\{process\.platform\}/g)].map(([, name = '']) => name)
  return [...imported, ...bySystem].filter(
    (name) => !name.startsWith('.') && name !== 'electron' && !isBuiltin(name),
  )
}

describe('the packaged program', () => {
  const archive = join(temp, 'release/linux-unpacked/resources/app.asar')
  let files: string[] = []
  const scripts = (folder: string): string[] =>
    files.filter((name) => name.startsWith(folder) && /\.(js|cjs|mjs)$/.test(name))

  beforeAll(async () => {
    const electron = makeFakeElectron(join(temp, 'electron'), electronVersion())
    const args = ['--dir', '--platform', 'linux', '--arch', 'x64', '--electron-dist', electron]
    const where = ['--built', buildAside(), '--out', join(temp, 'release')]
    const { code, output } = await runPackageScript([...args, ...where])
    expect(code, output).toBe(0)
    files = archiveFiles(archive)
  }, 180_000)

  afterAll(() => rmSync(temp, { recursive: true, force: true }))

  it('has its main file, its preload and its page', () => {
    expect(files).toContain(normalize(archivedManifest(archive).main))
    expect(files).toContain('out/preload/index.cjs')
    expect(files).toContain('out/renderer/index.html')
  })

  it('has a bundle for every worker of the core', () => {
    const workers = readdirSync(join(projectDir, 'src-main/core')).filter((name) =>
      name.endsWith('-worker.ts'),
    )
    expect(workers).not.toEqual([])
    for (const worker of workers) expect(files).toContain(`out/main/${worker.replace(/\.ts$/, '.js')}`)
  })

  it('imports nothing that is not in the package', () => {
    const carried = Object.keys(archivedManifest(archive).dependencies)
    const wanted = [...scripts('out/main/'), ...scripts('out/preload/')].flatMap((name) =>
      importsOf(archivedText(archive, name)),
    )
    expect([...new Set(wanted)].sort()).toEqual(['better-sqlite3', 'keytar'])
    for (const name of wanted) expect(carried).toContain(name)
  })

  it('carries no sources, tests or source maps', () => {
    expect(files.filter((name) => /(^|\/)(src-[a-z]+|tests)\/|\.(ts|map|svelte)$/.test(name))).toEqual([])
    const mapped = scripts('out/').filter((name) =>
      /sourceMappingURL=data:|"sourcesContent"/.test(archivedText(archive, name)),
    )
    expect(mapped).toEqual([])
  })
})
