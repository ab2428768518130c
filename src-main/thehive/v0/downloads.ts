import type { Observable } from '#shared/model/observable.ts'
import { segment } from '../api.ts'
import type { Download } from '../port.ts'
import { lacks } from './older-api.ts'
import type { OlderApi } from './older-api.ts'

/** The datastore's key of a file is its SHA-256; as a zip it is protected with TheHive's usual password (api.md §3.10). */
export async function download(
  api: OlderApi,
  { observable, as }: { observable: Observable; as: 'file' | 'zip' },
  signal: AbortSignal,
): Promise<Download> {
  const { attachment } = observable
  if (attachment === undefined) throw lacks('This observable holds no file.')
  if (attachment.sha256 === '') throw lacks('The server does not say under which key it keeps this file.')
  const store = as === 'zip' ? 'datastorezip' : 'datastore'
  const path = `/api/${store}/${attachment.sha256}?name=${segment(attachment.name)}`
  const { headers, body } = await api.http.open({ method: 'GET', path }, signal)
  const length = Number(headers['content-length'])
  return {
    name: as === 'zip' ? `${attachment.name}.zip` : attachment.name,
    contentType: as === 'zip' ? 'application/zip' : attachment.contentType,
    size: headers['content-length'] !== undefined && Number.isInteger(length) ? length : undefined,
    bytes: body,
  }
}
