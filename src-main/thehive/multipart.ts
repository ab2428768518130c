import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Upload } from './port.ts'

export type Multipart = {
  body: Readable
  headers: Record<string, string>
  /** Why a file could not be read to its end, if that is what went wrong: the server then never saw a whole request. */
  failure: () => ForagerError | undefined
}

/** A file and the name of its part. */
export type FilePart = { part: string; file: Upload }

/** Texts by the name of their part, `_json` as JSON, then the files in their order. */
export type Form = { json?: unknown; fields?: Readonly<Record<string, string>>; files: readonly FilePart[] }

/** A `_json` field and one `attachment` part. */
export function multipart(json: string, file: Upload): Multipart {
  return multipartForm({ fields: { _json: json }, files: [{ part: 'attachment', file }] })
}

/**
 * A form as a stream: each file is opened when its turn comes and closed before the next. The length is announced, so the
 * server can refuse before the bytes travel.
 */
export function multipartForm({ json, fields = {}, files }: Form): Multipart {
  const boundary = `forager-${randomUUID()}`
  const texts = json === undefined ? fields : { _json: JSON.stringify(json), ...fields }
  const heads = Object.entries(texts).map(([name, text]) => textPart(boundary, name, text))
  const parts = files.map((each) => ({ ...each, head: fileHead(boundary, each) }))
  const end = `--${boundary}--\r\n`
  let failure: ForagerError | undefined

  async function* bytes(): AsyncGenerator<Buffer> {
    for (const head of heads) yield Buffer.from(head)
    for (const { head, file } of parts) {
      yield Buffer.from(head)
      try {
        for await (const chunk of file.open()) yield chunk as Buffer
      } catch (thrown) {
        failure = asFileError(file.name, thrown)
        throw failure
      }
      yield Buffer.from('\r\n')
    }
    yield Buffer.from(end)
  }

  const fixed = [...heads, ...parts.flatMap(({ head }) => [head, '\r\n']), end]
  const length = fixed.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const size = files.reduce((sum, { file }) => sum + file.size, length)
  return {
    body: Readable.from(bytes(), { objectMode: false }),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(size) },
    failure: () => failure,
  }
}

function textPart(boundary: string, name: string, text: string): string {
  const type = name === '_json' ? 'Content-Type: application/json\r\n' : ''
  return `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n${type}\r\n${text}\r\n`
}

function fileHead(boundary: string, { part, file }: FilePart): string {
  const disposition = `form-data; name="${part}"; filename="${inHeader(file.name)}"`
  const type = oneLine(file.contentType)
  return `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${type}\r\n\r\n`
}

/** As browsers write it: a name can neither end its quotes nor its line. */
function inHeader(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

/** A content type comes from outside as well: anything but one plain line becomes the general type. */
function oneLine(contentType: string): string {
  return /^[\x20-\x7e]+$/.test(contentType) ? contentType : 'application/octet-stream'
}

function asFileError(name: string, thrown: unknown): ForagerError {
  if (thrown instanceof ForagerError) return thrown
  return new ForagerError('unreadable-file', `The file ${name} could not be read to its end.`, {
    did: 'The upload was broken off; the server has no part of it.',
    details: { sent: false },
    cause: thrown,
  })
}
