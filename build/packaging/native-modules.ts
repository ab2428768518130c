import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Target } from './target.ts'

/**
 * The compiled half of each native module, relative to the project, for one target. Both ship binaries for every system in
 * their package, built against Node-API, so that nothing is compiled here and packages can be made for another system.
 */
export function nativeBinaries({ node, arch }: Target): string[] {
  return [
    `node_modules/better-sqlite3/prebuilds/${node}-${arch}.node`,
    `node_modules/keytar/prebuilds/${node}-${arch}/keytar.node`,
  ]
}

/** Throws when an installed module lacks its binary for the target: better here than at an analyst's first start. */
export function assertNativeBinaries(projectDir: string, target: Target): void {
  for (const file of nativeBinaries(target))
    if (!existsSync(join(projectDir, file))) throw new Error(`Missing ${file}: run \`npm ci\``)
}

/**
 * electron-builder patterns that leave of the native modules only their JavaScript, licence and the target's binary.
 * keytar's `build/` is what its installer copied for this machine, perhaps not the target; node-addon-api is C++ headers.
 */
export function nativeModuleExclusions({ node, arch }: Target): string[] {
  return [
    '!node_modules/better-sqlite3/!(lib|prebuilds|package.json|LICENSE){,/**}',
    `!node_modules/better-sqlite3/prebuilds/!(${node}-${arch}.node)`,
    '!node_modules/keytar/!(lib|prebuilds|package.json|LICENSE.md){,/**}',
    `!node_modules/keytar/prebuilds/!(${node}-${arch}){,/**}`,
    '!node_modules/node-addon-api{,/**}',
  ]
}
