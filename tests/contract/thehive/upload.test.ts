import { execFile } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createV1Server } from '#main/thehive/v1/server.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { freshInput, signal } from './harness.ts'
import { noInline } from './inputs.ts'

const child = join(import.meta.dirname, 'upload-process.ts')
const bytes = 200 * 1024 * 1024
let folder = ''
let hive: StandIn
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'forager-upload-'))
  hive = await startStandIn()
})
afterEach(async () => {
  await hive.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('a file of 200 MB', () => {
  it('is sent without ever being in memory', async () => {
    const path = join(folder, 'disk.img')
    const handle = await open(path, 'w')
    await handle.truncate(bytes)
    await handle.close()
    const detection = { flavour: 'thehive5', version: '5.6.2', url: hive.url } as const
    const server = await createV1Server({ url: hive.url, apiKey: 'ana-key' }, detection, signal)
    const { id } = await server.createAlert(freshInput(), noInline, signal)
    await server.close()
    const { stdout } = await promisify(execFile)(process.execPath, [child, hive.url, id, path])
    const { size, grownMb } = JSON.parse(stdout) as { size: number; grownMb: number }
    expect(size).toBe(bytes)
    expect(grownMb).toBeLessThan(100)
  })
})
