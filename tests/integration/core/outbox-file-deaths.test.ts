import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { openSpecimenRoom, sweepSpecimens } from '#main/core/specimen-room.ts'
import { nextOperation } from '#main/domain/next-operation.ts'
import { specimenIdsOf } from '#main/domain/specimen.ts'
import type { CarriedFiles, CarryContext } from '#main/services/carry.ts'
import { exportOutbox } from '#main/services/export-outbox.ts'
import { importOutbox } from '#main/services/import-outbox.ts'
import { resumeOperations } from '#main/services/steer-outbox.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { OperationBook } from '#main/sync/operation-book.ts'
import type { SyncCache } from '#main/sync/ports.ts'
import { mortalLife } from '#tests/faults/crash/mortal.ts'
import { anOperation, plainMarks } from '#tests/support/make.ts'

const keyHex = 'ab'.repeat(32)
const passphrase = 'four or five words'
const home = { url: 'https://hive.example', login: 'ana', organisation: 'soc' }
const now = () => 2_000_000

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'forager-carry-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A profile whose process dies after so many steps that outlive it: writes to the outbox, kept files, pieces of a file. */
function machine(folder: string, diesAfter?: number) {
  const life = mortalLife(() => undefined)
  const store = openOutbox({ folder, keyHex, care: 'disposable' })
  const outbox = life.between.outbox(store)
  const cache = { setPending: () => Promise.resolve() } as unknown as SyncCache
  const book = new OperationBook(outbox, cache, { changed: () => undefined, outboxChanged: () => undefined })
  const { carried, takeIn } = openSpecimenRoom({ folder, keyHex }, outbox)
  const carriedFiles: CarriedFiles = {
    specimen: carried.specimen,
    open: (specimen) => {
      life.done('a piece of a kept file')
      return carried.open(specimen)
    },
    takeIn: async (name, bytes) => {
      const taken = await carried.takeIn(name, bytes)
      life.done('a file taken in')
      return taken
    },
    discard: async (ids) => {
      if (!life.isOver()) await carried.discard(ids)
    },
  }
  const context = {
    ...{ book, now, home: () => home, queued: () => undefined, foldFailed: () => undefined },
    driver: { whileStill: (work: (ahead: number) => unknown) => Promise.resolve(work(0)) },
    carriedFiles,
  } as unknown as CarryContext
  life.arm(diesAfter)
  return { life, book, context, store, takeIn, close: () => store.close() }
}
type Machine = ReturnType<typeof machine>

const comment = (id: string, over: Partial<Operation> = {}) =>
  anOperation('comment.add', { localId: `local:${id}`, message: id }, { id, ...over })

/** Two comments, one on hold in doubt, and two files. */
async function decided(folder: string): Promise<Operation[]> {
  const here = machine(folder)
  const files = []
  for (const name of ['a.txt', 'b.txt']) {
    writeFileSync(join(folder, name), `evidence ${name}`)
    const { id: specimenId, size, sha256, contentType } = await here.takeIn(join(folder, name))
    const attachment = { name, size, sha256, contentType }
    const payload = { localId: `local:${name}`, specimenId, attachment, marks: plainMarks }
    files.push(anOperation('observable.add-file', payload, { id: name }))
  }
  const all = [comment('first'), comment('doubted', { mustVerify: true, attempts: 1 }), ...files]
  await here.book.append(all)
  here.close()
  return all
}

async function lived<T>(work: () => Promise<T>, { life, close }: Machine): Promise<boolean> {
  const ended = await work().then(
    () => true,
    (thrown: unknown) => {
      if (!life.isOver()) throw thrown
      return false
    },
  )
  close()
  return ended
}

const idsOf = (operations: readonly Operation[]) => operations.map(({ id }) => id)
const exporting = (one: Machine, path: string) => () =>
  exportOutbox({ passphrase, path, forager: '0.1.0' }, one.context)
const importing = (one: Machine, path: string) => () => importOutbox({ passphrase, path }, one.context)

/** On hold on the disk, then each kept file proved and written. One more than there are steps: that life does not die. */
const ofExport = [1, 2, 3, 4, 5, 6]
/** Each file taken in, then all decisions in one write. */
const ofImport = [1, 2, 3, 4]

it.each(ofExport)('an export that dies after step %i loses nothing and sends nothing', async (diesAfter) => {
  const folder = newFolder()
  const all = await decided(folder)
  const path = join(newFolder(), 'shift.forager-outbox')
  const dying = machine(folder, diesAfter)
  const ended = await lived(exporting(dying, path), dying)
  expect(ended).toBe(diesAfter === ofExport.at(-1))
  expect(existsSync(path)).toBe(ended)

  const here = machine(folder)
  expect(idsOf(here.book.all())).toEqual(idsOf(all))
  expect(here.book.all().every((one) => one.carried?.role === 'exported' && one.mustVerify)).toBe(true)
  expect(nextOperation(here.book.ours(), now())).toBeUndefined()
  resumeOperations({ ids: idsOf(all), exported: true }, here.context)
  expect(nextOperation(here.book.ours(), now())).toMatchObject({ id: 'first', mustVerify: true })
  here.close()
})

it.each(ofImport)('an import that dies after step %i has brought all or nothing', async (diesAfter) => {
  const folder = newFolder()
  const all = await decided(folder)
  const path = join(newFolder(), 'shift.forager-outbox')
  const there = machine(folder)
  await lived(exporting(there, path), there)

  const target = newFolder()
  const dying = machine(target, diesAfter)
  const ended = await lived(importing(dying, path), dying)
  const here = machine(target)
  const came = here.book.all().length
  expect(came).toBe(diesAfter < 3 ? 0 : all.length)
  expect(ended).toBe(diesAfter === ofImport.at(-1))
  await sweepSpecimens({ folder: target, keyHex }, here.book.all(), here.store)
  const again = await importing(here, path)()
  expect(again).toMatchObject({ count: all.length - came, known: came })
  expect(idsOf(here.book.all())).toEqual(idsOf(all))
  // What a life left that died before anybody knew of it stays beside them.
  const kept = readdirSync(join(target, 'specimens'))
  expect(kept).toEqual(expect.arrayContaining(here.book.all().flatMap(specimenIdsOf)))
  here.close()
})
