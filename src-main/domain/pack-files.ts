import type { AlertAttachment, Observable } from '#shared/model/observable.ts'
import type { PackStatus } from '#shared/model/shift-pack.ts'

/** A file that hangs on an alert, known by its content. */
export type PackFile = { alertId: string; name: string; size: number; sha256: string } & (
  { observable: Observable } | { attachment: AlertAttachment }
)

/** Each content once; smallest first, so that a slow line brings the most. */
export function wantedFiles(files: readonly PackFile[]): PackFile[] {
  const byHash = new Map(files.map((file) => [file.sha256, file]))
  return [...byHash.values()].toSorted((a, b) => a.size - b.size)
}

type Counted = { all: { count: number; bytes: number }; small: readonly PackFile[] }
type Known = { kept: ReadonlySet<string>; failed: ReadonlySet<string> }

/** `small`: those that may come along. */
export function judgeFiles({ all, small }: Counted, { kept, failed }: Known): PackStatus['files'] {
  const wanted = wantedFiles(small)
  const open = wanted.filter(({ sha256 }) => !kept.has(sha256))
  return {
    ...{ ...all, left: all.count - small.length, wanted: wanted.length, kept: wanted.length - open.length },
    failed: open.filter(({ sha256 }) => failed.has(sha256)).length,
  }
}
