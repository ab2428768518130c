import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byteReader } from '#main/outbox-file/byte-reader.ts'
import { chunkBytes, openedChunks, sealedChunks } from '#main/outbox-file/chunks.ts'
import { gathered } from '#tests/support/gathered.ts'

const key = { key: randomBytes(32), header: Buffer.from('a header') }
const sealedChunk = chunkBytes + 16

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
const sealed = (plain: Buffer, size = 1_000) => gathered(sealedChunks(pieces(plain, size), key))
const opened = (bytes: Buffer, size = 1_000, by = key) =>
  gathered(openedChunks(byteReader(pieces(bytes, size)), by))

const lengths = fc.oneof(
  fc.integer({ min: 0, max: 300 }),
  fc.constantFrom(...[1, 2, 3].flatMap((n) => [n * chunkBytes - 1, n * chunkBytes, n * chunkBytes + 1])),
)
const sizes = fc.integer({ min: 500, max: 200_000 })

describe('chunks', () => {
  it('give back what was sealed, whatever the pieces it came and went in', async () => {
    await fc.assert(
      fc.asyncProperty(lengths, sizes, sizes, async (length, before, after) => {
        const plain = randomBytes(length)
        expect((await opened(await sealed(plain, before), after)).equals(plain)).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('end with an error when anything is cut off, also where a chunk ends', async () => {
    const bytes = await sealed(randomBytes(2 * chunkBytes + 100))
    for (const length of [0, 1, 15, 16, sealedChunk - 1, sealedChunk, 2 * sealedChunk, bytes.length - 1])
      await expect(opened(bytes.subarray(0, length))).rejects.toMatchObject({ kind: 'corrupt' })
    await expect(opened(bytes.subarray(0, 2 * sealedChunk))).rejects.toThrow('ends too early')
  })

  it('end with an error when any byte is another', async () => {
    const bytes = await sealed(randomBytes(chunkBytes + 500))
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, bits) => {
          const flipped = Buffer.from(bytes)
          flipped[at] = flipped[at]! ^ bits
          await expect(opened(flipped)).rejects.toMatchObject({ kind: 'corrupt' })
        },
      ),
      { numRuns: 100 },
    )
  })

  it('end with an error when chunks change places, come twice, are left out, or are followed by more', async () => {
    const bytes = await sealed(randomBytes(3 * chunkBytes))
    const [one, two, three] = [0, 1, 2].map((n) => bytes.subarray(n * sealedChunk, (n + 1) * sealedChunk))
    for (const order of [
      [two, one, three],
      [one, one, two, three],
      [one, three],
      [one, two, three, three],
      [one, two, three, Buffer.from('x')],
    ])
      await expect(opened(Buffer.concat(order as Buffer[]))).rejects.toMatchObject({ kind: 'corrupt' })
  })

  it('open under their own header only', async () => {
    const bytes = await sealed(Buffer.from('seen'))
    const other = { ...key, header: Buffer.from('another') }
    await expect(opened(bytes, 1_000, other)).rejects.toMatchObject({ kind: 'corrupt' })
  })
})
