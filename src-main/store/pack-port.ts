import type { SimilarAlert, SimilarCase } from '#shared/model/similar.ts'
import type { PackFile } from '../domain/pack-files.ts'
import type { PackEntry } from '../domain/pack-readiness.ts'

export type Similar = { cases: SimilarCase[]; alerts: SimilarAlert[] }

/** Part of the cache's writer: what was fetched whole, to work without a server. */
export interface PackFacts {
  /** `stamp`: the alert's own, server time, when it was fetched; `at` in our time. Without `similar` what was kept stays. */
  savePacked(packed: { alertId: string; at: number; stamp: number; similar?: Similar | undefined }): void
}

/** Part of the reader. */
export interface PackReading {
  /** Of these rows those the server still shows. */
  packed(pks: readonly number[]): { entries: PackEntry[]; files: { count: number; bytes: number } }
  /** The files of these that the server has, that are known by their content and not larger than so many bytes. */
  packFiles(pks: readonly number[], upTo: number): PackFile[]
  /** What the server counted as similar when the alert was taken along. */
  similar(alertId: string): (Similar & { asOf: number }) | undefined
}
