import type { Observable } from '#shared/model/observable.ts'
import { segment } from '../api.ts'
import type { Download } from '../port.ts'
import { streamDownload } from '../stream-download.ts'
import { lacks } from './older-api.ts'
import type { OlderApi } from './older-api.ts'

/** What TheHive 3 and 4.0 refuse in the name they are asked to give a file, though a stored name may hold it. */
const forbidden = '/\\:;?*<>|"`\n\r\t\f\0'

const givenName = (name: string): string =>
  Array.from(name, (one) => (forbidden.includes(one) ? '_' : one)).join('')

/** The datastore's key of a file is its SHA-256; as a zip it is protected with TheHive's usual password (api.md §3.10). */
export async function download(
  api: OlderApi,
  { observable, as }: { observable: Observable; as: 'file' | 'zip' },
  signal: AbortSignal,
): Promise<Download> {
  const { attachment } = observable
  if (attachment === undefined) throw lacks('This observable has no file.')
  if (attachment.sha256 === '') throw lacks('The server does not say under which key it keeps this file.')
  const store = as === 'zip' ? 'datastorezip' : 'datastore'
  const path = `/api/${store}/${attachment.sha256}?name=${segment(givenName(attachment.name))}`
  return streamDownload(api, { path, attachment, as }, signal)
}
