import { getPriority } from 'node:os'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'

const module = new URL('../../../../src-main/platform/yield-to-others.ts', import.meta.url).href
const script = `
  const { readlinkSync } = require('node:fs')
  const { basename } = require('node:path')
  const { getPriority } = require('node:os')
  const { parentPort } = require('node:worker_threads')
  import(${JSON.stringify(module)}).then(({ yieldToOthers }) => {
    yieldToOthers()
    parentPort.postMessage(getPriority(Number(basename(readlinkSync('/proc/thread-self')))))
  })`

describe('stepping back', () => {
  it.runIf(process.platform === 'linux')('lowers the calling thread and no other', async () => {
    const before = getPriority()
    const worker = new Worker(script, { eval: true })
    const own = await new Promise<number>((resolve, reject) => {
      worker.once('message', (priority: number) => resolve(priority))
      worker.once('error', reject)
    })
    expect(own).toBeGreaterThan(before)
    expect(getPriority()).toBe(before)
  })
})
