import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, test } from 'vitest'
import { readOptions } from '#tests/support/thehive/options.ts'
import { createClient } from './client.ts'

const main = fileURLToPath(new URL('../../support/thehive/main.ts', import.meta.url))
const started: ChildProcess[] = []

function start(...args: string[]): ChildProcess {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  return child
}

const textOf = async (stream: NodeJS.ReadableStream | null) => {
  let text = ''
  for await (const chunk of stream ?? []) text += String(chunk)
  return text
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

describe('the command', () => {
  test('prints where it is and how to get in, serves, and ends on SIGTERM', async () => {
    const child = start('--alerts', '20', '--port', '0')
    const [line] = (await once(
      createInterface({ input: child.stdout as NodeJS.ReadableStream }),
      'line',
    )) as [string]
    const ready = JSON.parse(line) as { url: string; control: string; keys: Record<string, string> }
    expect(ready).toMatchObject({ ready: true, alerts: 20, keys: { 'ana@acme.example': 'ana-key' } })
    expect(new URL(ready.url).hostname).toBe('127.0.0.1')
    expect(await createClient(ready.url).query({ _name: 'listAlert' }, { _name: 'count' })).toBe(20)
    expect(await createClient(ready.control, null).get('/effects')).toEqual({})
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('a taken port ends it with a message', async () => {
    const first = start('--alerts', '0', '--port', '0')
    const [line] = (await once(
      createInterface({ input: first.stdout as NodeJS.ReadableStream }),
      'line',
    )) as [string]
    const { port } = new URL((JSON.parse(line) as { url: string }).url)
    const second = start('--alerts', '0', '--port', port)
    const [text] = await Promise.all([textOf(second.stderr), once(second, 'exit')])
    expect([text, second.exitCode]).toEqual([expect.stringContaining('EADDRINUSE'), 1])
  })
})

describe('its options', () => {
  test('have the defaults the help states', () => {
    expect(readOptions([])).toMatchObject({
      alerts: 5000,
      seed: 1,
      port: 9000,
      controlPort: 0,
      faults: { latency: 0, jitter: 0 },
    })
    expect(readOptions(['--help'])).toBe('help')
  })

  test('name the generation and the version', () => {
    expect(readOptions(['--flavour', 'thehive3', '--version', '3.4.0', '--basic-auth'])).toMatchObject({
      flavour: 'thehive3',
      version: '3.4.0',
      basicAuth: true,
    })
    expect(readOptions(['--thehive', '5.1.0'])).toMatchObject({ version: '5.1.0' })
  })

  test.each([
    ['--host', '0.0.0.0'],
    ['--alerts', 'many'],
    ['--port', '-1'],
    ['--now', 'someday'],
    ['--unknown', '1'],
    ['--flavour', 'thehive6'],
  ])('refuse %s %s', (...args) => {
    expect(() => readOptions(args)).toThrow()
  })
})
