/**
 * `npm run demo [-- options]`: a stand-in TheHive with 5,000 made-up alerts, and Forager beside it in a data folder that is
 * gone afterwards. Options are those of `npm start`.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childEnv, ownNode, root } from './lib/paths.mjs'
import { run } from './lib/run.mjs'
import { startStandIn } from './lib/stand-in.mjs'

const analyst = 'ana@acme.example'

/** Forager in the foreground: a signal ends it first, and what it needs afterwards. */
function forager(userData) {
  const script = join(root, 'build/scripts/start.mjs')
  const args = [script, '--user-data', userData, ...process.argv.slice(2)]
  const child = spawn(ownNode, args, { cwd: root, env: childEnv(), stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)))
}

function sayHow({ url, keys }) {
  const lines = [
    'A stand-in TheHive with 5,000 made-up alerts is running. Choose "Connect to TheHive" and give it:',
    `  Server address   ${url}`,
    `  API key          ${keys[analyst]}`,
    'Ctrl-C ends both, and nothing is kept.',
  ]
  console.log(`\n${lines.join('\n')}\n`)
}

async function demo() {
  const hive = await startStandIn({ alerts: 5_000, seed: 1 })
  const userData = mkdtempSync(join(tmpdir(), 'forager-demo-'))
  try {
    sayHow(hive)
    return await forager(userData)
  } finally {
    await run(ownNode, [join(root, 'build/scripts/lib/forget-secrets.ts'), userData])
    rmSync(userData, { recursive: true, force: true, maxRetries: 5 })
    await hive.stop()
  }
}

try {
  process.exitCode = await demo()
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
