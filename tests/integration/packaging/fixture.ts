import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectDir = fileURLToPath(new URL('../../..', import.meta.url))

/** The version of Electron the project is written for. */
export function electronVersion(): string {
  const manifest = JSON.parse(
    readFileSync(join(projectDir, 'node_modules/electron/package.json'), 'utf8'),
  ) as { version: string }
  return manifest.version
}

/** A build folder holding what belongs into a package, and things that must never get there. */
export function makeBuildFolder(folder: string): string {
  const files: Record<string, string> = {
    'main/index.js': "import 'better-sqlite3'\n",
    'main/index.js.map': '{"version":3,"sourcesContent":["const secret = 1"]}',
    'main/core.js': 'export {}\n',
    'preload/index.cjs': '"use strict"\n',
    'renderer/index.html': '<!doctype html>',
    'renderer/assets/app.js': '0\n',
    'renderer/assets/app.js.map': '{"version":3,"sourcesContent":["let x"]}',
    'tests/left-over.test.js': '0\n',
    'notes.txt': 'not part of the program',
  }
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

export type ScriptRun = { code: number | null; output: string }

/** Runs the packaging script as an npm script would, with the network cut off by an unreachable proxy. */
export function runPackageScript(args: readonly string[]): Promise<ScriptRun> {
  const nowhere = 'http://127.0.0.1:9'
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['build/scripts/package.mjs', ...args], {
      cwd: projectDir,
      env: { ...process.env, HTTP_PROXY: nowhere, HTTPS_PROXY: nowhere, ELECTRON_MIRROR: `${nowhere}/` },
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
      })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

export const sha256 = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')
