import { createHash } from 'node:crypto'
import { atLeast } from '../../server-version.ts'

export type NaturalKey = { type: string; source: string; sourceRef: string }

/**
 * The id TheHive 3 gives an alert: the MD5 of its natural key (api.md §2.4). Before 3.0.4 a slip of the pen left the type
 * out, so that alerts of two types could not have the same source and reference.
 */
export function alertIdOf({ type, source, sourceRef }: NaturalKey, version: string): string {
  const first = atLeast(version, '3.0.4') ? type : '<null>'
  return createHash('md5').update([first, source, sourceRef].join('|'), 'utf8').digest('hex')
}

/** `type;source;sourceRef`; undefined for anything that cannot be such a key. A reference may hold semicolons itself. */
export function parseKey(text: string): NaturalKey | undefined {
  const [type, source, ...rest] = text.split(';')
  if (type === undefined || source === undefined || rest.length === 0) return undefined
  return { type, source, sourceRef: rest.join(';') }
}

export const sameKey = (one: NaturalKey, other: NaturalKey): boolean =>
  one.type === other.type && one.source === other.source && one.sourceRef === other.sourceRef
