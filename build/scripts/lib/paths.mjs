import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[/\\]$/, '')

/**
 * Forager's own Node, a dev dependency: scripts are started by whatever Node is installed (18 or later), everything
 * else runs under this one. The native modules are built for it.
 */
export const ownNode = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node')

/** The script behind a dev dependency's command, to be run by {@link ownNode}. */
export const tools = {
  electronVite: join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
  eslint: join(root, 'node_modules/eslint/bin/eslint.js'),
  playwright: join(root, 'node_modules/@playwright/test/cli.js'),
  prettier: join(root, 'node_modules/prettier/bin/prettier.cjs'),
  svelteCheck: join(root, 'node_modules/svelte-check/bin/svelte-check'),
  tsc: join(root, 'node_modules/typescript/bin/tsc'),
  vitest: join(root, 'node_modules/vitest/vitest.mjs'),
}

export const runtimeMain = join(root, 'build/browser-runtime/main.ts')

/** Where a command lies on PATH, or undefined. */
export function findCommand(name, env = process.env) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  for (const folder of (env.PATH ?? '').split(delimiter))
    for (const ending of endings) {
      const path = join(folder, name + ending)
      if (folder !== '' && existsSync(path)) return path
    }
  return undefined
}

/** The environment for children: Forager's own Node and tools come first on PATH. */
export function childEnv(extra = {}) {
  const bin = join(root, 'node_modules/.bin')
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`, ...extra }
}
