import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { childEnv, ownNode, root } from './paths.mjs'

const main = join(root, 'tests/support/thehive/main.ts')

/**
 * Starts the stand-in TheHive as a process of its own and answers where it listens: its API, its switches, and the API keys
 * by login. `stop` ends it. Throws when it cannot start.
 * @param {{ alerts: number, seed: number }} made how many made-up alerts, and which
 * @returns {Promise<{ url: string, control: string, keys: Record<string, string>, stop: () => Promise<void> }>}
 */
export function startStandIn({ alerts, seed }) {
  const options = ['--alerts', String(alerts), '--seed', String(seed), '--port', '0']
  const child = spawn(ownNode, ['--disable-warning=ExperimentalWarning', main, ...options], {
    cwd: root,
    env: childEnv(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (text) => {
      said += text
      if (!said.includes('\n')) return
      child.stdout.removeAllListeners('data')
      child.stdout.resume()
      const { url, control, keys } = JSON.parse(said.slice(0, said.indexOf('\n')))
      resolve({ url, control, keys, stop })
    })
    child.once('error', reject)
    child.once('close', (code) => reject(new Error(`The stand-in TheHive did not start (code ${code}).`)))
  })
}
