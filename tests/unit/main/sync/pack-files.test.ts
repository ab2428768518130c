import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, it, onTestFinished } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { openSpecimenRoom, sweepSpecimens } from '#main/core/specimen-room.ts'
import type { PackFile } from '#main/domain/pack-files.ts'
import type { Specimen } from '#main/domain/specimen.ts'
import { takeFiles } from '#main/sync/pack-files.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const file = (text: string) =>
  ({
    alertId: '~1',
    name: `${text}.exe`,
    size: text.length,
    sha256: hash(text),
    attachment: { id: text },
  }) as PackFile

function room() {
  const where = { folder: mkdtempSync(join(tmpdir(), 'forager-taken-')), keyHex: 'ab'.repeat(32) }
  onTestFinished(() => rmSync(where.folder, { recursive: true, force: true }))
  const records = new Map<string, Specimen>()
  const outbox = {
    saveSpecimen: (record: Specimen) => void records.set(record.id, record),
    specimen: (id: string) => records.get(id),
    specimens: () => [...records.values()],
    removeSpecimen: (id: string) => void records.delete(id),
  }
  const onDisk = () => readdirSync(join(where.folder, 'specimens'))
  return {
    ...openSpecimenRoom(where, outbox),
    records,
    onDisk,
    sweep: () => sweepSpecimens(where, [], outbox),
  }
}

type Answer = string | ForagerError
function take(files: readonly PackFile[], answer: (text: string) => Answer, taken = room()) {
  const asked: string[] = []
  const failed = new Set<string>()
  const server = {
    download: () => Promise.reject(new Error('not an observable')),
    downloadAttachment: ({ attachment: { id } }: { attachment: { id: string } }) => {
      asked.push(id)
      const said = answer(id)
      if (said instanceof ForagerError) return Promise.reject(said)
      return Promise.resolve({
        name: id,
        contentType: '',
        size: undefined,
        bytes: Readable.from([Buffer.from(said)]),
      })
    },
  }
  const { signal } = new AbortController()
  const done = takeFiles(files, { server, taken: taken.taken, signal, failed })
  return { done, asked, failed, taken }
}

it('what is here is not fetched again, and opens by its hash', async () => {
  const first = take([file('a')], (text) => text)
  await first.done
  const again = take([file('a'), file('bb')], (text) => text, first.taken)
  await again.done
  expect(again.asked).toEqual(['bb'])
  expect(await first.taken.openKept(hash('bb'))?.toArray()).toEqual([Buffer.from('bb')])
})

it('bytes that are not the file are not kept', async () => {
  const { done, failed, taken } = take([file('a'), file('bb')], (text) => (text === 'a' ? 'other' : text))
  await done
  expect([...failed]).toEqual([hash('a')])
  expect(taken.onDisk()).toHaveLength(1)
  expect(taken.taken.kept()).toEqual(new Set([hash('bb')]))
})

it('a refusal concerns one file, a lost connection and a full disk all of them', async () => {
  const refused = take([file('a'), file('bb')], (text) =>
    text === 'a' ? new ForagerError('forbidden', 'No.') : text,
  )
  await refused.done
  expect(refused.taken.taken.kept().size).toBe(1)
  for (const kind of ['offline', 'disk-full'] as const) {
    const lost = take([file('a'), file('bb')], () => new ForagerError(kind, 'It is so.'))
    await expect(lost.done).rejects.toMatchObject({ kind })
    expect(lost.asked).toEqual(['a'])
    expect(lost.failed.size).toBe(0)
  }
})

it('stays through the sweep at opening, and goes when it is forgotten', async () => {
  const { done, taken } = take([file('a')], (text) => text)
  await done
  await taken.sweep()
  expect(taken.onDisk()).toHaveLength(1)
  await taken.taken.forget()
  expect(taken.onDisk()).toEqual([])
  expect(taken.records.size).toBe(0)
})
