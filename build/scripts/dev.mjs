/** `npm run dev [-- options]`: builds and starts Forager, and does both again whenever a source changes. */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { join } from 'node:path'
import { buildIfStale } from './lib/build-state.mjs'
import { childEnv, ownNode, root } from './lib/paths.mjs'

const folders = ['src-main', 'src-preload', 'src-renderer', 'src-shared']
const settleMs = 300
let running
let timer
let busy = false
let again = false

async function restart() {
  if (busy) {
    again = true
    return
  }
  busy = true
  try {
    await buildIfStale()
    await stop()
    const script = join(root, 'build/scripts/start.mjs')
    running = spawn(ownNode, [script, ...process.argv.slice(2)], {
      cwd: root,
      env: childEnv(),
      stdio: 'inherit',
    })
    running.once('close', (code, signal) => {
      // Closed by its user: development ends with it. Stopped by us: the next one comes.
      if (signal === null && running?.stopping !== true) process.exit(code ?? 0)
    })
  } catch (error) {
    console.error(error.message)
  }
  busy = false
  if (again) {
    again = false
    await restart()
  }
}

function stop() {
  const child = running
  if (child === undefined || child.exitCode !== null) return Promise.resolve()
  child.stopping = true
  return new Promise((resolve) => {
    child.once('close', resolve)
    child.kill('SIGTERM')
  })
}

for (const folder of folders)
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(timer)
    timer = setTimeout(restart, settleMs)
  })
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    void stop().then(() => process.exit(0))
  })
await restart()
