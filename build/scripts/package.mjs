/**
 * `npm run package -- [--dir] [--electron-dist DIR] [--built DIR] [--out DIR] [--platform linux|mac|win] [--arch x64|arm64]`
 *
 * Builds Forager where its sources changed, and packages it. `--dir` stops at the assembled application folder and needs
 * no network; installers need electron-builder's tools, which it fetches once.
 */
import { join, resolve } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import { packagingConfig } from '../packaging/electron-builder.config.ts'
import { findElectronDist } from '../packaging/electron-dist.ts'
import { assertNativeBinaries } from '../packaging/native-modules.ts'
import { readPackageOptions } from '../packaging/target.ts'
import { buildIfStale } from './lib/build-state.mjs'
import { root as projectDir } from './lib/paths.mjs'

const platforms = { linux: Platform.LINUX, mac: Platform.MAC, win: Platform.WINDOWS }

async function main() {
  const { target, dirOnly, electronDist, built, outputDir } = readPackageOptions(process.argv.slice(2))
  assertNativeBinaries(projectDir, target)
  const dist = findElectronDist({ given: electronDist, target, projectDir })
  if (built === undefined) await buildIfStale()
  const buildDir = built === undefined ? join(projectDir, 'out') : resolve(built)
  const config = packagingConfig({ target, electronDist: dist, buildDir, outputDir: resolve(outputDir) })
  await build({
    projectDir,
    config,
    targets: platforms[target.platform].createTarget(dirOnly ? 'dir' : null, Arch[target.arch]),
    publish: 'never',
  })
}

try {
  await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  // Not process.exitCode: a hook inside electron-builder leaves with 0 whatever that says.
  process.exit(1)
}
