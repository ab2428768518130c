import { plainText, type Reply } from '../http/reply.ts'
import { route, type Call, type Route } from '../http/router.ts'
import { readBlob } from '../state/blob-store.ts'
import { notFound } from '../state/errors.ts'
import type { Blob } from '../state/types.ts'
import { writeZip } from '../zip/write-zip.ts'
import { bytesOf, usualPassword } from './zipped-files.ts'

function blobOf({ context, params }: Call): Blob {
  const { attachmentId = '' } = params
  const blob = context.state.blobs.find(attachmentId)
  if (!blob) throw notFound(`Attachment ${attachmentId} not found`)
  return blob
}

const disposition = (name: string) => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`

const forbidden = [...'/\\:;?*<>|"`\n\r\t\f\0']

/** TheHive 3 looks at the name asked for before it looks for the file. */
const checked =
  (answer: (call: Call) => Reply) =>
  (call: Call): Reply => {
    const name = call.query.get('name') ?? ''
    const isInvalid = forbidden.some((one) => name.includes(one))
    const { flavour } = call.context.server
    return flavour === 'thehive3' && isInvalid ? plainText(400, 'File name is invalid') : answer(call)
  }

function raw(call: Call): Reply {
  const blob = blobOf(call)
  const headers = {
    'Content-Type': 'application/octet-stream',
    'Content-Length': String(blob.size),
    'Content-Disposition': disposition(call.query.get('name') ?? blob.sha256),
  }
  return { status: 200, headers, body: readBlob(blob) }
}

/** An archive nobody opens by accident. */
function zipped(call: Call): Reply {
  const blob = blobOf(call)
  const name = call.query.get('name') ?? blob.sha256
  const headers = { 'Content-Type': 'application/zip', 'Content-Disposition': disposition(`${name}.zip`) }
  return { status: 200, headers, body: writeZip([{ name, bytes: bytesOf(blob) }], usualPassword) }
}

/** An observable's file by its SHA-256, as it is or in an archive. */
export const downloadRoutes: Route[] = [
  route('GET', '/datastore/:attachmentId', checked(raw)),
  route('GET', '/datastorezip/:attachmentId', checked(zipped)),
]
