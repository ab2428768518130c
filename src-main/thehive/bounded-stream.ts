import { Transform } from 'node:stream'
import { ForagerError } from '#shared/errors/forager-error.ts'

/**
 * Lets through at most `limit` bytes and then fails as `unexpected-shape`; with `exact`, fails as well when fewer came.
 * For bodies that are not held in memory.
 */
export function boundedStream(limit: number, options: { exact?: boolean } = {}): Transform {
  let size = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      if (size > limit) done(wrongSize('The file is larger than announced.'))
      else done(null, chunk)
    },
    flush(done) {
      const short = options.exact === true && size < limit
      done(short ? wrongSize('The file ended before its announced size.') : null)
    },
  })
}

function wrongSize(message: string): ForagerError {
  return new ForagerError('unexpected-shape', message, { did: 'The download was broken off.' })
}
