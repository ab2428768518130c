import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Target } from './target.ts'

export type ElectronDistRequest = {
  /** What the caller named, if anything. */
  given: string | undefined
  target: Target
  projectDir: string
}

/**
 * The Electron distribution to assemble with: an unpacked folder, or a folder of release zips. Never downloads: a package is
 * made of what is known to be there, or not at all. Throws when there is none, and when an unpacked one is of another version
 * than the code was written for.
 */
export function findElectronDist({ given, target, projectDir }: ElectronDistRequest): string {
  const wanted = installedElectronVersion(projectDir)
  const folder = given === undefined ? bundledDist(projectDir, target) : resolve(projectDir, given)
  if (!existsSync(folder)) throw new Error(`There is no Electron distribution at ${folder}`)
  if (existsSync(join(folder, `electron-v${wanted}-${target.node}-${target.arch}.zip`))) return folder
  const versionFile = join(folder, 'version')
  if (!existsSync(versionFile))
    throw new Error(`${folder} holds no Electron for ${target.node}-${target.arch}`)
  const found = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
  if (found !== wanted) throw new Error(`${folder} is Electron ${found}; Forager is built for ${wanted}`)
  return folder
}

function bundledDist(projectDir: string, target: Target): string {
  const folder = join(projectDir, 'node_modules/electron/dist')
  const fits = target.node === process.platform && target.arch === process.arch
  if (fits && existsSync(folder)) return folder
  throw new Error(
    `No Electron for ${target.node}-${target.arch} in node_modules. ` +
      'Run `npx install-electron`, or name a distribution: `npm run package -- --electron-dist DIR`',
  )
}

function installedElectronVersion(projectDir: string): string {
  const manifest: unknown = JSON.parse(
    readFileSync(join(projectDir, 'node_modules/electron/package.json'), 'utf8'),
  )
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    return String(manifest.version)
  throw new Error('node_modules/electron/package.json names no version')
}
