import { basename } from 'node:path'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { isLocalId } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { exported, localIdsIn, travelling } from '../domain/carried.ts'
import { specimenIdsOf } from '../domain/specimen.ts'
import type { Specimen } from '../domain/specimen.ts'
import type { FileContext } from '../outbox-file/contents.ts'
import { outboxFileBytes } from '../outbox-file/write-outbox-file.ts'
import { mustHaveHome } from './carry.ts'
import type { CarryContext } from './carry.ts'
import { written } from './written.ts'

export type ExportRequest = {
  passphrase: string
  /** Main has asked the analyst for it. */
  path: string
  /** Version of Forager. */
  forager: string
}
/** `missing`: kept files that cannot be read any more. Their decisions came along without them. */
export type Exported = { path: string; count: number; files: number; missing: string[] }

type Step = { before: Operation; after: Operation }

/**
 * Writes all that waits to an encrypted file for another machine. From before the first byte is written it is on hold here, so that
 * at no moment two machines send it unasked; when the file cannot be written, all is as before.
 */
export async function exportOutbox(
  { passphrase, path, forager }: ExportRequest,
  context: CarryContext,
): Promise<Exported> {
  const home = mustHaveHome(context)
  const at = context.now()
  const steps = await context.driver.whileStill((clockAhead) =>
    setAway({ at, file: basename(path), clockAhead }, context),
  )
  try {
    const operations = steps.map(({ after }) => travelling(after))
    const { files, missing } = await filesOf(operations, context)
    const bytes = await outboxFileBytes(
      {
        manifest: { home, exportedAt: at, forager },
        ...contextOf(operations, context),
        operations,
        files: files.map((specimen) => ({
          facts: specimen,
          open: () => context.carriedFiles.open(specimen),
        })),
      },
      passphrase,
    )
    await written(path, bytes)
    return { path, count: operations.length, files: files.length, missing }
  } catch (thrown) {
    takeBack(steps, at, context)
    throw thrown
  }
}

function setAway(mark: Parameters<typeof exported>[1], { book }: CarryContext): Step[] {
  const steps = book.all().map((before) => ({ before, after: exported(before, mark) }))
  if (steps.length === 0)
    throw new ForagerError('rejected', 'Nothing waits to be sent.', { did: 'No file was written.' })
  book.saveAll(steps.map(({ after }) => after))
  return steps
}

/** No file was written: what the analyst has not touched meanwhile is as it was. */
function takeBack(steps: readonly Step[], at: number, { book, queued }: CarryContext): void {
  const untouched = steps.filter(({ before }) => book.get(before.id)?.carried?.at === at)
  book.saveAll(untouched.map(({ before }) => before))
  queued()
}

function contextOf(operations: readonly Operation[], { book }: CarryContext): FileContext {
  const local = new Set(operations.flatMap(localIdsIn))
  const ids = [...local].map((id): [string, string] => [id, book.resolveId(id)])
  return { ids: ids.filter(([, id]) => !isLocalId(id)), claimed: [...book.claimedIds()] }
}

/** Read once before anything is written: one that is damaged would spoil the whole file at its very end. */
async function filesOf(operations: readonly Operation[], { carriedFiles }: CarryContext) {
  const files: Specimen[] = []
  const missing: string[] = []
  for (const operation of operations)
    for (const id of specimenIdsOf(operation)) {
      const specimen = carriedFiles.specimen(id)
      if (specimen !== undefined && (await isReadable(specimen, carriedFiles))) files.push(specimen)
      else missing.push(specimen?.name ?? nameIn(operation, id))
    }
  return { files, missing }
}

async function isReadable(
  specimen: Specimen,
  { open }: Pick<CarryContext['carriedFiles'], 'open'>,
): Promise<boolean> {
  try {
    for await (const _bytes of open(specimen));
    return true
  } catch (thrown) {
    if (thrown instanceof ForagerError && thrown.kind === 'corrupt') return false
    throw thrown
  }
}

function nameIn({ kind, payload }: Operation, id: string): string {
  if (kind === 'alert.create')
    return payload.files.find((one) => one.specimenId === id)?.attachment.name ?? id
  return kind === 'observable.add-file' || kind === 'attachment.add' ? payload.attachment.name : id
}

/** What to offer as a file name; `at` in ms since the epoch. */
export const outboxFileName = (at: number): string =>
  `outbox-${new Date(at).toISOString().slice(0, 16).replace('T', '-').replace(':', '')}.forager-outbox`
