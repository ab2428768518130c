import { createHash } from 'node:crypto'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Upload } from '../port.ts'

/** Beyond this a file has no business inside a JSON text, whatever the server's own limit (1 MB in TheHive 3's sample). */
export const inlineFileLimit = 16 * 1024 * 1024

/**
 * A file as `/api` takes it inside an alert: `name;type;base64` (api.md §2.3). The three parts are told apart by semicolons,
 * so neither name nor type keeps one.
 * @throws ForagerError `rejected` when it is too large, `unreadable-file` when it cannot be read; nothing was sent
 */
export async function fileText(file: Upload): Promise<{ text: string; sha256: string }> {
  if (file.size > inlineFileLimit) throw tooLarge(file)
  const name = file.name.replaceAll(';', '_').replaceAll(/[\r\n]/g, ' ')
  const contentType = file.contentType.replace(/[;\r\n].*$/s, '').trim()
  const bytes = await bytesOf(file)
  return {
    text: `${name};${contentType};${bytes.toString('base64')}`,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
}

/** @throws ForagerError `unreadable-file` when the file is not there as it was taken in */
export async function checkReadable(file: Upload): Promise<void> {
  await readWhole(file, () => undefined)
}

async function bytesOf(file: Upload): Promise<Buffer> {
  const chunks: Buffer[] = []
  await readWhole(file, (chunk) => void chunks.push(chunk))
  return Buffer.concat(chunks)
}

async function readWhole(file: Upload, take: (chunk: Buffer) => void): Promise<void> {
  let size = 0
  try {
    for await (const chunk of file.open() as AsyncIterable<Buffer>) {
      take(chunk)
      size += chunk.length
      if (size > file.size) break
    }
  } catch (thrown) {
    if (thrown instanceof ForagerError) throw thrown
    throw unreadable(`The file ${file.name} could not be read to its end.`, thrown)
  }
  if (size !== file.size)
    throw unreadable(`The file ${file.name} is not as long as it was when it was taken in.`)
}

function tooLarge({ name, size }: Upload): ForagerError {
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024)
  return new ForagerError(
    'rejected',
    `${name} has ${megabytes(size)} MB; a TheHive that takes files inside the alert takes ${megabytes(inlineFileLimit)} MB at most.`,
    { did: 'Nothing was sent.', next: 'Add it to the case instead.', details: { sent: false } },
  )
}

function unreadable(message: string, cause?: unknown): ForagerError {
  const extras = { did: 'Nothing was sent.', details: { sent: false } }
  return new ForagerError('unreadable-file', message, cause === undefined ? extras : { ...extras, cause })
}
