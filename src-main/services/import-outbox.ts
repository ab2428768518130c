import { basename } from 'node:path'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { isLocalId, untilAnalyst } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { arrived, localIdsIn } from '../domain/carried.ts'
import { specimenIdsOf, withSpecimens } from '../domain/specimen.ts'
import type { Specimen } from '../domain/specimen.ts'
import { openRegular } from '../intake/specimen-files.ts'
import type { CarriedFile, Home } from '../outbox-file/contents.ts'
import { openOutboxFile } from '../outbox-file/read-outbox-file.ts'
import type { OpenedFile } from '../outbox-file/read-outbox-file.ts'
import { mustHaveHome } from './carry.ts'
import type { CarryContext } from './carry.ts'

export type Imported = {
  /** Decisions that came, and those of the file that were here already. */
  count: number
  known: number
  /** Of those that came: on hold, as the analyst had them. */
  held: number
  files: number
  /** When it was exported, ms since the epoch. */
  exportedAt: number
}

/**
 * Takes in what another machine exported: all of it, in its order, behind what waits here, or nothing. What it may have done already
 * is asked about before anything is sent.
 */
export async function importOutbox(
  { passphrase, path }: { passphrase: string; path: string },
  context: CarryContext,
): Promise<Imported> {
  const home = mustHaveHome(context)
  const handle = await openRegular(path)
  const taken = new Map<string, Specimen>()
  try {
    const source = handle.createReadStream({ autoClose: false })
    const opened = await openOutboxFile(source, passphrase)
    mustBelongTo(home, opened.manifest.home)
    const { operations, ...rest } = await opened.decisions()
    const fresh = operations.filter(({ id }) => !context.book.isKnown(id))
    await takeFiles(opened, new Set(fresh.flatMap(specimenIdsOf)), { taken, context })
    const came = adopted(fresh, taken, { file: basename(path), at: context.now() })
    await adopt(came, { ...rest, taken }, context)
    const held = came.filter(({ notBefore }) => notBefore === untilAnalyst).length
    const known = operations.length - came.length
    const { exportedAt } = opened.manifest
    return { count: came.length, known, held, files: taken.size, exportedAt }
  } catch (thrown) {
    await context.carriedFiles.discard([...taken.values()].map(({ id }) => id))
    throw thrown
  } finally {
    await handle.close()
  }
}

const sameHome = (one: Home, other: Home): boolean =>
  one.url === other.url && one.login === other.login && one.organisation === other.organisation

const homeWords = ({ url, login, organisation }: Home): string =>
  `${url}, ${login} in the organisation ${organisation}`

function mustBelongTo(here: Home, there: Home): void {
  if (sameHome(here, there)) return
  throw new ForagerError('rejected', `This outbox belongs to ${homeWords(there)}.`, {
    did: `Nothing was imported: open here is ${homeWords(here)}.`,
    next: 'Open that connection, or make it, and import the file there.',
  })
}

type Taking = { taken: Map<string, Specimen>; context: CarryContext }

/** Those that are wanted, each under an id of its own here; goes through all of the file, so that its end is proved. */
async function takeFiles(
  opened: OpenedFile,
  wanted: ReadonlySet<string>,
  { taken, context }: Taking,
): Promise<void> {
  for await (const { facts, bytes } of opened.files()) {
    if (!wanted.has(facts.id)) continue
    const kept = await context.carriedFiles.takeIn(facts.name, bytes)
    taken.set(facts.id, kept)
    mustBeWhole(kept, facts)
  }
}

function mustBeWhole(kept: Specimen, facts: CarriedFile): void {
  if (kept.sha256 === facts.sha256 && kept.size === facts.size) return
  throw new ForagerError('corrupt', `${facts.name} came with other bytes than its record says.`, {
    did: 'Nothing was imported.',
    next: 'Export once more.',
  })
}

function adopted(
  fresh: readonly Operation[],
  taken: ReadonlyMap<string, Specimen>,
  mark: Parameters<typeof arrived>[1],
): Operation[] {
  const ids = new Map([...taken].map(([there, { id }]) => [there, id]))
  return fresh.map((operation) => arrived(withSpecimens(operation, ids), mark))
}

type With = {
  ids: readonly (readonly [string, string])[]
  claimed: readonly string[]
  taken: ReadonlyMap<string, Specimen>
}

/** Decisions here that name a local id will learn themselves what it stands for: from their own receipts, as ever. */
async function adopt(
  came: readonly Operation[],
  { ids, claimed, taken }: With,
  context: CarryContext,
): Promise<void> {
  const { book } = context
  const named = new Set(book.all().flatMap(localIdsIn))
  const news = ids.filter(([id]) => isLocalId(id) && book.resolveId(id) === id && !named.has(id))
  const folded = book.adopt({ operations: came, ids: news, specimens: [...taken.values()], claimed })
  context.queued()
  await folded.catch(context.foldFailed)
}
