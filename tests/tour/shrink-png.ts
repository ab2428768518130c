import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const bytesPerPixel = 3
const paletteSize = 256
const commonest = 192
const unlike = 20 ** 2

/**
 * A screenshot (8-bit RGB, as Chromium writes it) with at most 256 colours: a quarter of the size, and for screens of text
 * no visible difference. Rarer colours take the nearest one. Throws on any other kind of PNG.
 */
export function shrinkPng(png: Buffer): Buffer {
  const chunks = readChunks(png)
  const header = chunks.find((chunk) => chunk.type === 'IHDR')?.data
  if (header?.readUInt32BE(8) !== 0x08020000) throw new Error('Not an 8-bit RGB picture')
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)]
  const data = Buffer.concat(chunks.filter((chunk) => chunk.type === 'IDAT').map((chunk) => chunk.data))
  const pixels = unfilter(inflateSync(data), width * bytesPerPixel, height)
  const { palette, indexOf } = commonColours(pixels)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      rows[y * (width + 1) + 1 + x] = indexOf(colourAt(pixels, y * width + x))
  const indexed = Buffer.from(header)
  indexed[9] = 3
  return Buffer.concat([
    signature,
    chunk('IHDR', indexed),
    chunk(
      'PLTE',
      Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255])),
    ),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function readChunks(png: Buffer): { type: string; data: Buffer }[] {
  const chunks = []
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    chunks.push({ type, data: png.subarray(at + 8, at + 8 + length) })
    at += length + 12
  }
  return chunks
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** Undoes the five filters of PNG (its specification, section 9). */
function unfilter(raw: Buffer, stride: number, height: number): Buffer {
  const out = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)]
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x < bytesPerPixel ? 0 : (out[at - bytesPerPixel] ?? 0)
      const up = y === 0 ? 0 : (out[at - stride] ?? 0)
      const corner = x < bytesPerPixel || y === 0 ? 0 : (out[at - stride - bytesPerPixel] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
      out[at] = ((raw[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const [byLeft, byUp, byCorner] = [left, up, corner].map((one) => Math.abs(estimate - one)) as [
    number,
    number,
    number,
  ]
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

const colourAt = (pixels: Buffer, index: number): number => pixels.readUIntBE(index * bytesPerPixel, 3)

function commonColours(pixels: Buffer): { palette: number[]; indexOf: (colour: number) => number } {
  const counts = new Map<number, number>()
  for (let index = 0; index < pixels.length / bytesPerPixel; index += 1) {
    const colour = colourAt(pixels, index)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const palette = paletteOf([...counts.keys()].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0)))
  const known = new Map(palette.map((colour, index) => [colour, index]))
  return {
    palette,
    indexOf: (colour) => {
      const index = known.get(colour) ?? nearest(colour, palette)
      known.set(colour, index)
      return index
    },
  }
}

/** The commonest, then those unlike all chosen so far: a small green dot stays green. */
function paletteOf(commonestFirst: readonly number[]): number[] {
  const palette = commonestFirst.slice(0, commonest)
  for (const colour of commonestFirst.slice(commonest)) {
    if (palette.length === paletteSize) break
    if (palette.every((other) => distance(colour, other) > unlike)) palette.push(colour)
  }
  return palette
}

function nearest(colour: number, palette: readonly number[]): number {
  const distances = palette.map((other) => distance(colour, other))
  return distances.indexOf(Math.min(...distances))
}

/** Squared, in RGB. */
function distance(one: number, other: number): number {
  const apart = (shift: number) => ((one >> shift) & 255) - ((other >> shift) & 255)
  return apart(16) ** 2 + apart(8) ** 2 + apart(0) ** 2
}
