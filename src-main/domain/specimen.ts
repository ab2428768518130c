import type { Operation } from '#shared/model/operation.ts'

/** A file kept for sending, encrypted: the facts needed to describe it and to open it again. */
export type Specimen = {
  id: string
  name: string
  /** Bytes of the file itself, not of its encrypted copy. */
  size: number
  sha256: string
  contentType: string
  /** Hex: initialisation vector and authentication tag of the encrypted file. */
  iv: string
  tag: string
  createdAt: number
  /** It was taken along: the server has it. */
  taken?: boolean | undefined
  /** The decision it was kept for was sent or taken back. Only what is known to be so is ever removed. */
  letGo?: boolean | undefined
}

/** The kept files a decision sends, by id. */
export function specimenIdsOf({ kind, payload }: Operation): string[] {
  if (kind === 'alert.create') return payload.files.map(({ specimenId }) => specimenId)
  return kind === 'observable.add-file' || kind === 'attachment.add' ? [payload.specimenId] : []
}

/**
 * Those that no decision speaks of: damage took it, or the process ended before it was stored. `pending` are all that wait. What was
 * sent or taken back let go of its files, and what was taken along has none.
 */
export function straysAmong(specimens: readonly Specimen[], pending: readonly Operation[]): Specimen[] {
  const spokenOf = new Set(pending.flatMap(specimenIdsOf))
  return specimens.filter(({ id, letGo, taken }) => letGo !== true && taken !== true && !spokenOf.has(id))
}

/** The same decision, sending these in their place. */
export function withSpecimens(operation: Operation, ids: ReadonlyMap<string, string>): Operation {
  const renamed = <T extends { specimenId: string }>(file: T): T => ({
    ...file,
    specimenId: ids.get(file.specimenId) ?? file.specimenId,
  })
  switch (operation.kind) {
    case 'alert.create':
      return { ...operation, payload: { ...operation.payload, files: operation.payload.files.map(renamed) } }
    case 'observable.add-file':
      return { ...operation, payload: renamed(operation.payload) }
    case 'attachment.add':
      return { ...operation, payload: renamed(operation.payload) }
    default:
      return operation
  }
}
