import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'

const say = join(import.meta.dirname, '../../faults/rig/say.ts')
/** A megabyte: more than the pipe and its reader hold together. */
const lines = 10_000
const filling = '.'.repeat(100)
/** Reading `process.stdout` makes the pipe one that refuses rather than waits, as starting a thread does. */
const talker = `import { say } from ${JSON.stringify(say)}
process.stdout.writableLength
for (let n = 0; n < ${lines}; n += 1) say(n + ${JSON.stringify(filling)})`

it('says every line once and in order, also while nobody reads yet', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', talker], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = new Promise((resolve) => child.once('close', resolve))
  // Longer than it takes to fill the pipe.
  await delay(1000)
  let heard = ''
  child.stdout.on('data', (bytes: Buffer) => (heard += bytes.toString()))
  expect(await closed).toBe(0)
  expect(heard.split('\n')).toEqual([...Array.from({ length: lines }, (_, n) => n + filling), ''])
})
