import { createHash, randomBytes } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openSpecimen, removeSpecimen, sweep, takeIn, takeInBytes } from '#main/intake/specimens.ts'
import type { SpecimenRoom } from '#main/intake/specimens.ts'
import { until } from '#tests/support/until.ts'

let folder = ''
let room: SpecimenRoom
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forager-intake-'))
  room = { folder, keyHex: randomBytes(32).toString('hex') }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function dropped(content: Uint8Array | string, name = 'sample.bin'): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const kept = async () => readdir(join(folder, 'specimens')).catch(() => [])
const stored = (id: string) => join(folder, 'specimens', id)

describe('a dropped file', () => {
  it('is described by its bytes and opens to the same bytes, whatever they are', async () => {
    const content = fc.uint8Array({ maxLength: 5_000 })
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => {
        const specimen = await takeIn(await dropped(bytes), room)
        expect(specimen).toMatchObject({ name: 'sample.bin', size: bytes.length })
        expect(specimen.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
        expect(new Uint8Array(await buffer(openSpecimen(specimen, room)))).toEqual(bytes)
      }),
      { numRuns: 25 },
    )
  })

  it('is unreadable on the disk, without extension, for this account alone', async () => {
    const specimen = await takeIn(await dropped('MARKER '.repeat(50), 'evil.exe'), room)
    const onDisk = await readFile(stored(specimen.id))
    expect(onDisk.includes('MARKER')).toBe(false)
    expect(onDisk.length).toBe(350)
    expect((await stat(stored(specimen.id))).mode & 0o777).toBe(0o600)
    expect(specimen.id).not.toContain('.')
  })

  it('that is empty is taken, with size 0', async () => {
    const specimen = await takeIn(await dropped(''), room)
    expect(specimen.size).toBe(0)
    expect(await buffer(openSpecimen(specimen, room))).toHaveLength(0)
  })

  it('is removed on request, twice without complaint', async () => {
    const specimen = await takeIn(await dropped('x'), room)
    await removeSpecimen(specimen.id, room)
    await removeSpecimen(specimen.id, room)
    expect(await kept()).toEqual([])
  })
})

describe('a sweep', () => {
  it('removes what it is told to and what is half written, and nothing that it does not know', async () => {
    const [gone, unknown] = [
      await takeIn(await dropped('gone'), room),
      await takeIn(await dropped('here'), room),
    ]
    const crash = Promise.withResolvers<void>()
    async function* endless() {
      yield Buffer.from('half of it')
      await crash.promise
    }
    const taking = takeInBytes({ path: 'large.img', bytes: endless() }, room)
    await until('a copy is under way', async () => (await kept()).length === 3)
    await sweep(new Set([gone.id]), room)
    expect(await kept()).toEqual([unknown.id])
    crash.resolve()
    await expect(taking).rejects.toMatchObject({ kind: 'unreadable-file' })
    expect(await buffer(openSpecimen(unknown, room))).toEqual(Buffer.from('here'))
  })
})

describe('what cannot be taken is refused in words and leaves nothing', () => {
  it('a file that has vanished', async () => {
    await expect(takeIn(join(folder, 'gone.eml'), room)).rejects.toMatchObject({
      kind: 'unreadable-file',
      message: 'gone.eml is no longer there.',
    })
    expect(await kept()).toEqual([])
  })

  it('a folder', async () => {
    await mkdir(join(folder, 'case files'))
    await expect(takeIn(join(folder, 'case files'), room)).rejects.toMatchObject({
      message: 'case files is a folder; drop the files in it.',
    })
  })

  it.skipIf(process.platform === 'win32')('a named pipe, without waiting for its writer', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe')])
    await expect(takeIn(join(folder, 'pipe'), room)).rejects.toMatchObject({
      message: 'pipe is not a regular file.',
    })
  })

  it.skipIf(process.getuid?.() === 0)('a file this account may not read', async () => {
    const path = await dropped('secret')
    await chmod(path, 0)
    await expect(takeIn(path, room)).rejects.toMatchObject({
      message: 'sample.bin may not be read by your account.',
    })
  })

  it('anything, when the profile cannot keep it', async () => {
    await writeFile(join(folder, 'specimens'), 'a file where the folder should be')
    await expect(takeIn(await dropped('x'), room)).rejects.toMatchObject({ kind: 'unreadable-file' })
  })
})

describe('a kept copy never passes for what it is not', () => {
  const damaged = { kind: 'corrupt', message: 'The kept copy of sample.bin is missing or damaged.' }

  it('when a byte has changed', async () => {
    const specimen = await takeIn(await dropped('evidence'), room)
    const onDisk = await readFile(stored(specimen.id))
    onDisk[3] = (onDisk[3] ?? 0) ^ 1
    await writeFile(stored(specimen.id), onDisk)
    await expect(buffer(openSpecimen(specimen, room))).rejects.toMatchObject(damaged)
  })

  it('when it has been shortened', async () => {
    const specimen = await takeIn(await dropped('evidence'), room)
    await truncate(stored(specimen.id), 4)
    await expect(buffer(openSpecimen(specimen, room))).rejects.toMatchObject(damaged)
  })

  it('when it is gone', async () => {
    const specimen = await takeIn(await dropped('evidence'), room)
    await removeSpecimen(specimen.id, room)
    await expect(buffer(openSpecimen(specimen, room))).rejects.toMatchObject(damaged)
  })

  it('when another file stands in its place, or the key is another', async () => {
    const [one, two] = [await takeIn(await dropped('one'), room), await takeIn(await dropped('two'), room)]
    await expect(buffer(openSpecimen({ ...one, iv: two.iv, tag: two.tag }, room))).rejects.toMatchObject(
      damaged,
    )
    const elsewhere = { ...room, keyHex: randomBytes(32).toString('hex') }
    await expect(buffer(openSpecimen(one, elsewhere))).rejects.toMatchObject(damaged)
  })
})
