/** One injected fault: the nth call of a kind on the profile's files, and how long it lasts. */
export type FaultPoint = { call: string; n: number; error: string; lasts: Lasts }

/** Once; for a while, after which the disk is well again; for ever. */
export type Lasts = 'once' | 'a while' | 'for ever'

export const faultErrors = ['ENOSPC', 'EIO', 'EROFS', 'EACCES'] as const
export const faultLengths: readonly Lasts[] = ['once', 'a while', 'for ever']

/** What changes a file or decides whether it can be changed. */
export const faultCalls = [
  'pwrite64',
  'write',
  'fsync',
  'fdatasync',
  'ftruncate',
  'fallocate',
  'openat',
  'rename',
  'unlink',
  'mkdir',
]

/** So many calls fail in a row before the disk is well again. */
const aWhile = 25

/** Every file that a profile's folder may hold while the session runs, for strace to know which calls are meant. */
export function pathFlags(folder: string): string[] {
  const databases = ['lock', 'cache', 'outbox', 'outbox.backup'].map((name) => `${folder}/${name}.sqlite`)
  const partial = `${folder}/outbox.backup.sqlite.partial`
  const files = [...databases, partial].flatMap((path) =>
    ['', '-wal', '-shm', '-journal'].map((suffix) => path + suffix),
  )
  return [folder, ...files].flatMap((path) => ['-P', path])
}

/** strace's words for a point. */
export function injectionFlags({ call, n, error, lasts }: FaultPoint): string[] {
  const when = { once: `${n}`, 'a while': `${n}..${n + aWhile}`, 'for ever': `${n}+` }[lasts]
  return ['-e', `trace=${call}`, '-e', `inject=${call}:error=${error}:when=${when}`]
}

/** Every point there is, given how often the session makes each call. */
export function allPoints(counts: ReadonlyMap<string, number>): FaultPoint[] {
  return [...counts].flatMap(([call, count]) =>
    Array.from({ length: count }, (_, i) => i + 1).flatMap((n) =>
      faultErrors.flatMap((error) => faultLengths.map((lasts) => ({ call, n, error, lasts }))),
    ),
  )
}
