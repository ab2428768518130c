import type { ErrorData } from '#shared/errors/error-data.ts'
import type { StrayFile } from '#shared/model/stray-file.ts'
import type { Specimen } from '../domain/specimen.ts'

/** Kept files that no decision speaks of, as they were found at opening, without those discarded since. */
export type StrayFiles = {
  list: () => readonly Specimen[]
  /** Its bytes and its record. */
  discard: (id: string) => Promise<void>
}

export function listStrays({ list }: StrayFiles): StrayFile[] {
  return list().map(({ id, name, size, sha256, createdAt }) => ({
    ...{ id, name, size, sha256, keptAt: createdAt },
  }))
}

/** One that is no stray is left alone. */
export async function discardStray(id: string, { list, discard }: StrayFiles): Promise<void> {
  if (list().some((one) => one.id === id)) await discard(id)
}

/** That there are some, for the analyst who opens the profile. */
export function strayNotice(count: number): ErrorData | undefined {
  if (count === 0) return undefined
  const files = count === 1 ? 'One file is' : `${count} files are`
  return {
    kind: 'corrupt',
    message: `${files} kept here whose decision was lost, or never stored.`,
    did: 'Forager does not send what no decision speaks of.',
    next: 'Look at the alert first: a file may have arrived. What is missing there can be saved in the outbox and added anew.',
  }
}
