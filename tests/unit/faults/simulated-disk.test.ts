import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { readTrace } from '#tests/faults/disk/read-trace.ts'
import { SimulatedDisk } from '#tests/faults/disk/simulated-disk.ts'
import type { Cut } from '#tests/faults/disk/simulated-disk.ts'
import { seededRandom } from '#tests/support/alerts/random.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forager-disk-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
})

const hex = (text: string) =>
  `"${[...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('')}"`
const path = (name: string) => hex(`/p/${name}`)

/** A new file is written, synced, written again, and renamed over an old one; another thread opens a file meanwhile. */
const calls = [
  `7 openat(AT_FDCWD, ${path('new')}, O_RDWR|O_CREAT|O_CLOEXEC, 0644) = 5`,
  `7 pwrite64(5, ${hex('first')}, 5, 0) = 5`,
  `7 fsync(5 <unfinished ...>`,
  `8 openat(AT_FDCWD, ${hex('/elsewhere')}, O_RDONLY) = 6`,
  `7 <... fsync resumed>) = 0`,
  `7 write(1, ${hex('ACK 0\n')}, 6) = 6`,
  `7 pwrite64(5, ${hex('LATER')}, 5, 0) = 5`,
  `7 pwrite64(5, ${hex('x')}, 1, 0) = -1 ENOSPC (No space left on device)`,
  `7 close(5) = 0`,
  `7 rename(${path('new')}, ${path('old')}) = 0`,
]

const events = () => readTrace(calls, '/p')

function left(count: number, cut: Cut, seed = 1): Record<string, string> {
  const before = join(folder, 'before')
  const after = join(folder, `after-${cut}-${seed}`)
  writeFileSync(join(mkdtempSync(before), 'old'), 'kept')
  const disk = new SimulatedDisk(
    join(folder, readdirSync(folder).find((name) => name.startsWith('before')) ?? ''),
  )
  for (const event of events().slice(0, count)) disk.apply(event)
  disk.leave(after, cut, seededRandom(seed))
  return Object.fromEntries(readdirSync(after).map((name) => [name, readFileSync(join(after, name), 'utf8')]))
}

describe('a trace', () => {
  test('is read as what happened to the files of one folder; failed calls changed nothing', () => {
    expect(events().map((event) => event.do)).toEqual(['create', 'write', 'sync', 'said', 'write', 'rename'])
  })

  test('with a call that cannot be replayed is refused', () => {
    const more = [...calls.slice(0, 1), `7 fallocate(5, 0, 0, 4096) = 0`]
    expect(() => readTrace(more, '/p')).toThrow('fallocate')
  })
})

describe('a power cut', () => {
  test('takes a file whose name was never synced, though its bytes were', () => {
    expect(left(3, 'synced-only')).toEqual({ old: 'kept' })
  })

  test('takes everything unsynced, or nothing of it', () => {
    expect(left(6, 'synced-only')).toEqual({ old: 'kept' })
    expect(left(6, 'all')).toEqual({ old: 'LATER' })
  })

  test('leaves old or new bytes and old or new names in every mixture that a disk may leave', () => {
    const found = new Set(Array.from({ length: 40 }, (_, seed) => JSON.stringify(left(6, 'torn', seed + 2))))
    expect([...found].sort()).toEqual(
      [
        { old: 'kept' },
        { new: 'first', old: 'kept' },
        { new: 'LATER', old: 'kept' },
        { old: 'first' },
        { old: 'LATER' },
      ]
        .map((one) => JSON.stringify(one))
        .sort(),
    )
  })
})
