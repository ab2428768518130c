import { asForagerError } from '#shared/errors/convert.ts'
import type { PackFile } from '../domain/pack-files.ts'
import { wantedFiles } from '../domain/pack-files.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { classifyFailure } from './classify-failure.ts'

/** Where files that are taken along are kept, encrypted. */
export interface TakenFiles {
  /** What is here, by content, whatever it was kept for. */
  kept(): ReadonlySet<string>
  /** All of it and durable, or nothing of it; refused where it is not what it was said to be. */
  keep(file: PackFile, bytes: AsyncIterable<Uint8Array>): Promise<void>
  /** All that were taken along, and no others. */
  forget(): Promise<void>
}

type Context = {
  server: Pick<TheHiveServer, 'download' | 'downloadAttachment'>
  taken: TakenFiles
  signal: AbortSignal
  failed: Set<string>
}

/** Fetches what is not here, one after the other: files would crowd the line. What the server refuses is not asked for again. */
export async function takeFiles(files: readonly PackFile[], context: Context): Promise<void> {
  const { taken, signal, failed } = context
  const kept = taken.kept()
  for (const file of wantedFiles(files)) {
    if (signal.aborted) return
    if (kept.has(file.sha256) || failed.has(file.sha256)) continue
    try {
      await taken.keep(file, (await opened(file, context)).bytes)
    } catch (thrown) {
      const error = asForagerError(thrown)
      if (error.kind === 'disk-full' || !isAboutTheFile(error)) throw thrown
      failed.add(file.sha256)
    }
  }
}

const isAboutTheFile = (error: Parameters<typeof classifyFailure>[0]): boolean =>
  classifyFailure(error).outcome === 'refused' || error.kind === 'unexpected-shape'

const opened = (file: PackFile, { server, signal }: Context) =>
  'observable' in file
    ? server.download({ alertId: file.alertId, observable: file.observable, as: 'file' }, signal)
    : server.downloadAttachment({ alertId: file.alertId, attachment: file.attachment }, signal)
