import busboy from 'busboy'
import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { FileInput } from '../semantics/drafts.ts'
import type { BlobStore } from '../state/blob-store.ts'
import { badRequest, UnreadableRequest } from '../state/errors.ts'
import type { Flavour } from '../state/server-kind.ts'

const [kB, MB] = [1024, 1024 * 1024]

/** What a new server takes, in bytes: a body without files, and a file. */
const limits: Record<Flavour, { text: number; file: number }> = {
  thehive3: { text: MB, file: 1024 * MB },
  thehive4: { text: 256 * kB, file: 128 * MB },
  thehive5: { text: 10 * MB, file: 1024 * MB },
}

export type Body = {
  /** The JSON body, or the `_json` part of a multipart one; undefined when there is none. */
  json: unknown
  /** The other text parts of a multipart body. */
  texts: ReadonlyMap<string, string>
  /** File parts by part name, in order. */
  files: ReadonlyMap<string, FileInput[]>
}

export const noBody: Body = { json: undefined, texts: new Map(), files: new Map() }

const tooLarge = () => new UnreadableRequest(413, 'Unknown', 'Request Entity Too Large')

type Keeper = { blobs: BlobStore; server: { flavour: Flavour } }

/** Reads a JSON, form or multipart body; refuses with 400 what it cannot parse and with 413 what is too big. */
export async function readBody(request: IncomingMessage, keeper: Keeper): Promise<Body> {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) return readMultipart(request, keeper)
  const limit = limits[keeper.server.flavour].text
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size <= limit) chunks.push(chunk as Buffer)
  }
  if (size > limit) throw tooLarge()
  const source = Buffer.concat(chunks).toString('utf8')
  if (size > 0 && type.startsWith('application/x-www-form-urlencoded')) {
    return { ...noBody, texts: new Map(new URLSearchParams(source)) }
  }
  return size === 0 ? noBody : { ...noBody, json: parse(source) }
}

function parse(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch (error) {
    throw new UnreadableRequest(400, 'BadRequest', `Invalid Json: ${(error as Error).message}`)
  }
}

/** `_json` may come as a plain field or as a file part (thehive4py sends it with a file name). */
async function readMultipart(request: IncomingMessage, { blobs, server }: Keeper): Promise<Body> {
  const texts = new Map<string, string>()
  const files = new Map<string, Promise<FileInput>[]>()
  const pending: Promise<void>[] = []
  const takeFile = async (
    name: string,
    stream: Readable & { truncated?: boolean },
    info: busboy.FileInfo,
  ) => {
    if (name === '_json') {
      texts.set(name, await text(stream))
      return
    }
    const list = files.get(name) ?? []
    files.set(name, list)
    const at = list.push(
      blobs.take(stream).then((blob) => ({ name: info.filename ?? name, contentType: info.mimeType, blob })),
    )
    await list[at - 1]
    if (stream.truncated) throw tooLarge()
  }
  await new Promise<void>((resolve, reject) => {
    const { text: fieldSize, file: fileSize } = limits[server.flavour]
    const parser = busboy({
      headers: request.headers,
      limits: { fieldSize, fileSize },
      defParamCharset: 'utf8',
    })
    parser.on('field', (name, value) => texts.set(name, value))
    parser.on('file', (name, stream, info) => {
      const taken = takeFile(name, stream, info)
      pending.push(taken)
      // A broken upload fails here as well as in the parser; whoever is first tells the caller.
      taken.catch(reject)
    })
    parser.on('close', resolve)
    parser.on('error', (error) => reject(badRequest(`Invalid multipart body: ${(error as Error).message}`)))
    request.on('error', reject)
    request.on('aborted', () => reject(new Error('the client went away in mid-request')))
    request.pipe(parser)
  })
  await Promise.all(pending)
  const taken = new Map<string, FileInput[]>()
  for (const [name, list] of files) taken.set(name, await Promise.all(list))
  const source = texts.get('_json')
  return { json: source === undefined ? undefined : parse(source), texts, files: taken }
}
