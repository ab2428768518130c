import { createHash, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newKdf } from '#main/platform/passphrase-key.ts'
import { openOutboxFile } from '#main/outbox-file/read-outbox-file.ts'
import { outboxFileBytes } from '#main/outbox-file/write-outbox-file.ts'
import type { Contents } from '#main/outbox-file/write-outbox-file.ts'
import { operation } from '#tests/support/arbitraries.ts'
import { gathered } from '#tests/support/gathered.ts'
import { anOperation } from '#tests/support/make.ts'

const passphrase = 'four or five words'
/** A cheap key: what is tested here is the file. */
const cheap = () => ({ ...newKdf(), N: 2 ** 14 })
const manifest = {
  home: { url: 'https://hive.example', login: 'ana@acme.example', organisation: 'acme' },
  exportedAt: 1_000,
  forager: '0.1.0',
}

const aFile = (id: string, bytes: Buffer) => ({
  facts: {
    id,
    name: `${id}.txt`,
    size: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  },

  open: async function* () {
    for (let at = 0; at < bytes.length; at += 100_000) yield bytes.subarray(at, at + 100_000)
  },
})

async function written(contents: Partial<Contents> = {}, words = passphrase): Promise<Buffer> {
  const all = { manifest, ids: [], claimed: [], operations: [], files: [], ...contents }
  return gathered(await outboxFileBytes(all, words, cheap()))
}

async function* source(bytes: Buffer) {
  yield bytes
}

async function read(bytes: Buffer, words = passphrase) {
  const opened = await openOutboxFile(source(bytes), words)
  const decisions = await opened.decisions()
  const files: { id: string; bytes: Buffer }[] = []
  for await (const one of opened.files()) files.push({ id: one.facts.id, bytes: await gathered(one.bytes) })
  return { manifest: opened.manifest, ...decisions, files }
}

const some = () =>
  written({
    operations: [anOperation('comment.add', { localId: 'local:1', message: 'seen' })],
    ids: [['local:a', '~1']],
    files: [aFile('one', randomBytes(70_000))],
  })

describe('an outbox in a file', () => {
  it('comes back as it was, in its order', async () => {
    const contents = fc.record({
      operations: fc.array(operation, { maxLength: 8 }),
      ids: fc.array(fc.tuple(fc.string(), fc.string()), { maxLength: 4 }),
      claimed: fc.array(fc.string(), { maxLength: 4 }),
      sizes: fc.array(fc.constantFrom(0, 1, 65_536, 200_001), { maxLength: 3 }),
    })
    await fc.assert(
      fc.asyncProperty(contents, async ({ sizes, ...rest }) => {
        const files = sizes.map((size, n) => ({ id: String(n), bytes: randomBytes(size) }))
        const bytes = await written({ ...rest, files: files.map((one) => aFile(one.id, one.bytes)) })
        const back = await read(bytes)
        expect(back).toMatchObject({ ...rest, manifest: { ...manifest, files: sizes.length } })
        expect(back.files.map(({ id }) => id)).toEqual(files.map(({ id }) => id))
        back.files.forEach((one, n) => expect(one.bytes.equals(files[n]!.bytes)).toBe(true))
      }),
      { numRuns: 12 },
    )
  })

  it('shows nothing of its contents', async () => {
    const bytes = await written({
      operations: [anOperation('comment.add', { localId: 'local:1', message: 'a very telling word' })],
    })
    for (const word of ['telling', 'hive.example', 'ana@acme', 'comment.add'])
      expect(bytes.includes(word)).toBe(false)
  })

  it('is another one each time: no two share a key', async () => {
    const [one, other] = [await written(), await written()]
    expect(one.equals(other)).toBe(false)
  })

  it('opens with its passphrase only, however the letters were composed', async () => {
    const bytes = await written({}, 'Zürich im Nebel')
    await expect(read(bytes, 'Zu\u0308rich im Nebel')).resolves.toMatchObject({ manifest })
    await expect(read(bytes, 'zürich im nebel')).rejects.toMatchObject({
      kind: 'rejected',
      message: 'This is not the passphrase of this file.',
    })
  })

  it('is an error wherever a byte is another', async () => {
    const bytes = await some()
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: bytes.length - 1 })),
        fc.integer({ min: 1, max: 255 }),
        async (at, bits) => {
          const flipped = Buffer.from(bytes)
          flipped[at] = flipped[at]! ^ bits
          const failure = await read(flipped).catch((thrown: unknown) => thrown)
          expect(failure).toMatchObject({
            kind: expect.stringMatching(/^(corrupt|unreadable-file)$/) as string,
          })
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is an error wherever it was cut off', async () => {
    const bytes = await some()
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
        const failure = await read(bytes.subarray(0, length)).catch((thrown: unknown) => thrown)
        expect(failure).toMatchObject({
          kind: expect.stringMatching(/^(corrupt|unreadable-file)$/) as string,
        })
      }),
      { numRuns: 20 },
    )
  })

  it.each(['', 'PK\u0003\u0004 something else', 'forager', 'x'.repeat(5_000)])(
    'is not mistaken for %j',
    async (text) => {
      await expect(read(Buffer.from(text))).rejects.toMatchObject({
        kind: 'unreadable-file',
        message: 'This is not an outbox that Forager exported.',
      })
    },
  )

  it('says when it was made by a newer Forager', async () => {
    const lines = (await some()).toString('latin1').split('\n')
    const head = lines[1]!.replace('"version":1', '"version":2')
    const sum = createHash('sha256').update(head).digest('hex')
    const newer = Buffer.from([lines[0], head, sum, ...lines.slice(3)].join('\n'), 'latin1')
    await expect(read(newer)).rejects.toMatchObject({ kind: 'newer-file' })
  })

  it('says so too when it holds a kind of decision that is not known here', async () => {
    const unknown = { ...anOperation('alert.delete', {}), kind: 'alert.praise' } as never
    await expect(read(await written({ operations: [unknown] }))).rejects.toMatchObject({ kind: 'newer-file' })
  })

  it('refuses a planted header that asks for all memory', async () => {
    const lines = (await some()).toString('latin1').split('\n')
    const head = lines[1]!.replace(/"N":\d+,"r":8/, '"N":1048576,"r":16')
    const sum = createHash('sha256').update(head).digest('hex')
    const planted = Buffer.from([lines[0], head, sum, ...lines.slice(3)].join('\n'), 'latin1')
    await expect(read(planted)).rejects.toMatchObject({ kind: 'corrupt' })
  })

  it('passes over files nobody reads', async () => {
    const bytes = await written({ files: [aFile('one', randomBytes(300_000)), aFile('two', randomBytes(5))] })
    const opened = await openOutboxFile(source(bytes), passphrase)
    await opened.decisions()
    const names: string[] = []
    for await (const { facts } of opened.files()) names.push(facts.id)
    expect(names).toEqual(['one', 'two'])
  })
})
