import { pipeline } from 'node:stream'
import type { Readable } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { unexpectedShape } from './answer-json.ts'

const decoders = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const

/**
 * A body as it was before it was packed for the way, still a stream: whoever reads it must bound what comes out, because a
 * small body may unpack to a very large one.
 * @throws ForagerError `unexpected-shape` for a packing Forager did not ask for and cannot undo
 */
export function decoded(body: Readable, encoding: string | string[] | undefined, host: string): Readable {
  const name = String(encoding ?? '')
    .trim()
    .toLowerCase()
  if (name === '' || name === 'identity') return body
  const create = decoders[name as keyof typeof decoders]
  if (create === undefined) {
    // Nobody will read it: that it was broken off is no news.
    body.on('error', () => undefined).destroy()
    throw unexpectedShape(`${host} packed its answer in a way Forager cannot read.`)
  }
  // The reader of the result meets every error; there is nothing left to do when both ends are closed.
  return pipeline(body, create(), () => undefined)
}
