import { createHash } from 'node:crypto'

export type Reference = { type: string; source: string; sourceRef: string }

/**
 * TheHive 3's alert id: the MD5 of type, source and reference. Before 3.0.4 the type did not count: a slip made it
 * always the text `<null>`.
 */
export function alertDigest({ type, source, sourceRef }: Reference, countsType: boolean): string {
  return createHash('md5')
    .update([countsType ? type : '<null>', source, sourceRef].join('|'), 'utf8')
    .digest('hex')
}

/** In the order of their codes, so that later ids are greater as text. */
const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** An id such as Elasticsearch makes: twenty letters and digits, rising with `count`. */
export function documentId(count: number): string {
  let rest = count
  let tail = ''
  for (let at = 0; at < 8; at++) {
    tail = `${letters[rest % letters.length]}${tail}`
    rest = Math.floor(rest / letters.length)
  }
  return `AXqVtR0mJ3cK${tail}`
}
