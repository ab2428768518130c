import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Orders, Said } from './messages.ts'

const compiled = join(tmpdir(), 'forager-faults-compiled')
const victim = join(import.meta.dirname, 'victim.ts')

/** When it dies: so many ms after it was started, or after it was ready; undefined: not by our hand. */
export type KillAt = { after: 'start' | 'ready'; ms: number } | undefined

/**
 * One process, from start to `kill -9` (or to its own end). Answers everything it said; a victim that ends by itself unasked, or says nothing
 * for `mostMs`, is an error with what it wrote.
 */
export async function oneLife(orders: Orders, killAt: KillAt, mostMs: number): Promise<Said[]> {
  const child = spawn(process.execPath, [victim, JSON.stringify(orders)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Lives are many and short: what one has compiled the next need not.
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
  })
  const said: Said[] = []
  let wrote = ''
  let killed = false
  const kill = (): void => {
    killed = true
    child.kill('SIGKILL')
  }
  // Whoever goes on saying something makes progress.
  const silence = setTimeout(() => child.kill('SIGKILL'), mostMs)
  const timers = [silence]
  const killIn = (ms: number) => timers.push(setTimeout(kill, ms))
  if (killAt?.after === 'start') killIn(killAt.ms)
  child.stderr.on('data', (bytes: Buffer) => (wrote += bytes.toString()))
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    const one = JSON.parse(line) as Said
    said.push(one)
    silence.refresh()
    if ('ready' in one && killAt?.after === 'ready') killIn(killAt.ms)
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  timers.forEach(clearTimeout)
  if (killed || (killAt === undefined && code === 0)) return said
  throw new Error(
    `A victim ended by itself (code ${code}), or said nothing for ${mostMs} ms after ${JSON.stringify(said.at(-1))}: ${wrote}`,
  )
}
