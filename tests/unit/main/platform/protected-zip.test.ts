import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js/index-native.js'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { protectedZip } from '#main/platform/protected-zip.ts'

const password = 'malware'
const name = 'invoice Übersicht.exe'
const zipOf = (chunks: readonly Uint8Array[]) =>
  buffer(protectedZip({ name, password }, Readable.from(chunks)))

async function inside(zip: Uint8Array, key: string) {
  const reader = new ZipReader(new Uint8ArrayReader(zip), { password: key, useWebWorkers: false })
  const [entry] = await reader.getEntries()
  if (entry === undefined || entry.directory) throw new Error('The zip holds no file.')
  return {
    name: entry.filename,
    bytes: await entry.getData(new Uint8ArrayWriter(), { checkSignature: true }),
  }
}

describe('a zip under a password', () => {
  it('holds what streamed in, whatever that is', async () => {
    const chunk = fc.uint8Array({ maxLength: 5_000 })
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 5 }), async (chunks) => {
        const found = await inside(await zipOf(chunks), password)
        expect(found.name).toBe(name)
        expect(Buffer.from(found.bytes).equals(Buffer.concat(chunks))).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  it('opens under no other, and shows nothing of what is in it', async () => {
    const zip = await zipOf([Buffer.from('X5O!P%@AP')])
    await expect(inside(zip, 'another')).rejects.toThrow()
    expect(zip.includes('X5O!P%@AP')).toBe(false)
  })

  it('ends in the error of what streams in, so that no half of it is taken for a whole', async () => {
    const torn = Readable.from(
      (function* () {
        yield Buffer.alloc(100_000)
        throw new Error('the copy is torn')
      })(),
    )
    await expect(buffer(protectedZip({ name, password }, torn))).rejects.toThrow('the copy is torn')
  })

  it('lets go of what streams in when nobody takes it any more', async () => {
    const endless = Readable.from(
      (function* () {
        for (;;) yield Buffer.alloc(65_536, Math.random().toString())
      })(),
    )
    const zip = protectedZip({ name, password }, endless)
    zip.once('data', () => zip.destroy())
    zip.on('error', () => undefined)
    await expect.poll(() => endless.destroyed, { timeout: 5_000 }).toBe(true)
  })
})

const has = (tool: string, flag: string) => spawnSync(tool, [flag]).status === 0
const python = `import sys, zipfile
z = zipfile.ZipFile(sys.argv[1]); z.setpassword(b'${password}'); sys.stdout.buffer.write(z.read(z.namelist()[0]))`

describe('another program opens it', () => {
  let folder: string
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'forager-zip-'))))
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const specimen = Array.from({ length: 200 }, (_, at) => createHash('sha512').update(String(at)).digest())
  async function saved(): Promise<string> {
    const path = join(folder, 'specimen.zip')
    writeFileSync(path, await zipOf(specimen))
    return path
  }

  it.skipIf(!has('unzip', '-v'))('unzip', async () => {
    const found = execFileSync('unzip', ['-P', password, '-p', await saved()])
    expect(found.equals(Buffer.concat(specimen))).toBe(true)
  })

  it.skipIf(!has('python3', '--version'))('Python’s zipfile', async () => {
    const found = execFileSync('python3', ['-c', python, await saved()])
    expect(found.equals(Buffer.concat(specimen))).toBe(true)
  })
})
