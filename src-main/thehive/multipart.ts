import FormData from 'form-data'
import { PassThrough } from 'node:stream'
import type { Readable } from 'node:stream'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Upload } from './port.ts'

export type Multipart = {
  body: Readable
  headers: Record<string, string>
  /** Why the file could not be read to its end, if that is what went wrong: the server then never saw a whole request. */
  failure: () => ForagerError | undefined
}

/** A `_json` field and one `attachment` part. The length is announced, so the server can refuse before the bytes travel. */
export function multipart(json: string, file: Upload): Multipart {
  const body = new PassThrough()
  const form = new FormData()
  const source = file.open()
  let failure: ForagerError | undefined
  const fail = (thrown: unknown): void => {
    failure ??= asFileError(file.name, thrown)
    body.destroy(failure)
  }
  source.once('error', fail)
  form.once('error', fail)
  body.once('close', () => source.destroy())
  form.append('_json', json, { contentType: 'application/json' })
  const options = { filename: file.name, contentType: file.contentType, knownLength: file.size }
  // An empty file has no stream to wait for: form-data would take its length of 0 for an unknown one.
  form.append('attachment', file.size === 0 ? Buffer.alloc(0) : source, options)
  // Measured before it flows: the form forgets its closing boundary once everything is taken.
  const headers = { ...form.getHeaders(), 'content-length': String(form.getLengthSync()) }
  form.pipe(body)
  return { body, headers, failure: () => failure }
}

function asFileError(name: string, thrown: unknown): ForagerError {
  if (thrown instanceof ForagerError) return thrown
  return new ForagerError('unreadable-file', `The file ${name} could not be read to its end.`, {
    did: 'The upload was broken off; the server has no part of it.',
    details: { sent: false },
    cause: thrown,
  })
}
