import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { writeDurably } from '../platform/write-durably.ts'

/** What is remembered between runs about secrets, and none of them. */
const notesSchema = z.object({
  choice: z.enum(['keychain', 'passphrase']).optional(),
  /** Profiles whose database key was stored durably: for them a missing key is a loss, never a reason to make a new one. */
  keyed: z.array(z.string()),
})
export type VaultNotes = z.infer<typeof notesSchema>

export interface NotesFile {
  current(): VaultNotes
  /** Edits follow one another; memory changes after the disk has. */
  update(edit: (notes: VaultNotes) => VaultNotes): Promise<void>
}

/** @throws ForagerError `unreadable-file` when there is such a file that may not be read */
export async function openNotes(path: string): Promise<NotesFile> {
  let notes = await read(path)
  let last: Promise<void> = Promise.resolve()
  return {
    current: () => notes,
    update: (edit) => {
      const work = last.then(async () => {
        const next = edit(notes)
        if (next !== notes) await writeDurably(path, JSON.stringify(next))
        notes = next
      })
      last = work.catch(() => undefined)
      return work
    },
  }
}

/** No file, or one that makes no sense, is as if nothing had been noted: the secrets themselves are elsewhere. */
async function read(path: string): Promise<VaultNotes> {
  try {
    const parsed = notesSchema.safeParse(JSON.parse(await readFile(path, 'utf8')))
    return parsed.success ? parsed.data : { keyed: [] }
  } catch (thrown) {
    const absent = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT'
    if (absent || thrown instanceof SyntaxError) return { keyed: [] }
    throw new ForagerError('unreadable-file', 'The notes on where secrets are kept cannot be read.', {
      next: "Check the permissions of Forager's data folder.",
      cause: thrown,
    })
  }
}
