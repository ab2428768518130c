/**
 * `npm run package -- [--dir] [--electron-dist DIR] [--built DIR] [--out DIR] [--platform linux|mac|win] [--arch x64|arm64]`
 *
 * Builds Forager and packages it. `--dir` stops at the assembled application folder and needs no network; installers need
 * electron-builder's tools, which it fetches once.
 */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Arch, build, Platform } from 'electron-builder'
import { packagingConfig } from '../packaging/electron-builder.config.ts'
import { findElectronDist } from '../packaging/electron-dist.ts'
import { assertNativeBinaries } from '../packaging/native-modules.ts'
import { readPackageOptions } from '../packaging/target.ts'

const projectDir = fileURLToPath(new URL('../..', import.meta.url))
const platforms = { linux: Platform.LINUX, mac: Platform.MAC, win: Platform.WINDOWS }

function buildBundles() {
  const bin = join(projectDir, 'node_modules/electron-vite/bin/electron-vite.js')
  const { status } = spawnSync(process.execPath, [bin, 'build'], { cwd: projectDir, stdio: 'inherit' })
  if (status !== 0) throw new Error('The build failed: nothing was packaged')
  return join(projectDir, 'out')
}

async function main() {
  const { target, dirOnly, electronDist, built, outputDir } = readPackageOptions(process.argv.slice(2))
  assertNativeBinaries(projectDir, target)
  const dist = findElectronDist({ given: electronDist, target, projectDir })
  const buildDir = built === undefined ? buildBundles() : resolve(built)
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
