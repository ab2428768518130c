import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Buffer } from 'node:buffer'
import type { Random } from '#tests/support/alerts/random.ts'

const pageSize = 4_096

/** One thing that can happen to a database file or to what lies beside it. */
export type DamageKind = {
  name: string
  /** Which of the files it happens to. */
  on: '' | '-wal' | '-shm'
  /** Most rows that the damaged place itself can hold: none other may be missing. Infinity: any. */
  holds: number
  /** `other` is a file of the same name from an earlier time; `foreign` one that was never ours. */
  spoil: (path: string, random: Random, from: { earlier: string; foreign: Buffer }) => void
}

/** More rows than stand in one page of the proof's outbox, and what leads to them. */
const onePage = 16

export const damageKinds: readonly DamageKind[] = [
  {
    name: 'a bit flipped',
    on: '',
    holds: onePage,
    spoil: changing((bytes, random) => flip(bytes, random, 1)),
  },
  {
    name: 'a byte changed',
    on: '',
    holds: onePage,
    spoil: changing((bytes, random) => flip(bytes, random, 0xff)),
  },
  { name: 'a page zeroed', on: '', holds: onePage, spoil: changing(zeroPage) },
  { name: 'two pages swapped', on: '', holds: 0, spoil: changing(swapPages) },
  {
    name: 'cut short',
    on: '',
    holds: Infinity,
    spoil: changing((bytes, random) => bytes.subarray(0, random.below(bytes.length))),
  },
  { name: 'emptied', on: '', holds: Infinity, spoil: (path) => writeFileSync(path, '') },
  { name: 'gone', on: '', holds: Infinity, spoil: (path) => rmSync(path) },
  {
    name: 'replaced by another file',
    on: '',
    holds: Infinity,
    spoil: (path, _, { foreign }) => writeFileSync(path, foreign),
  },
  { name: 'its journal gone', on: '-wal', holds: Infinity, spoil: (path) => rmSync(path, { force: true }) },
  { name: 'a bit of its journal flipped', on: '-wal', holds: onePage, spoil: changing(flipUsed) },
  { name: 'its shared memory gone', on: '-shm', holds: 0, spoil: (path) => rmSync(path, { force: true }) },
  {
    ...{ name: 'a journal of another time', on: '-wal', holds: Infinity },
    spoil: (path, _, { earlier }) => writeFileSync(path, readFileSync(earlier)),
  },
]

function changing(change: (bytes: Buffer, random: Random) => Buffer): DamageKind['spoil'] {
  return (path, random) => {
    if (existsSync(path)) writeFileSync(path, change(readFileSync(path), random))
  }
}

function flip(bytes: Buffer, random: Random, mask: number): Buffer {
  const at = random.below(bytes.length)
  const bit = mask === 1 ? 1 << random.below(8) : 1 + random.below(mask)
  bytes[at] = (bytes[at] ?? 0) ^ bit
  return bytes
}

/** Where something was written: the rest of a reserved journal is zeros that mean nothing. */
function flipUsed(bytes: Buffer, random: Random): Buffer {
  const used = bytes.findLastIndex((byte) => byte !== 0) + 1
  flip(bytes.subarray(0, Math.max(used, 1)), random, 1)
  return bytes
}

const pages = (bytes: Buffer): number => Math.max(1, Math.floor(bytes.length / pageSize))

function zeroPage(bytes: Buffer, random: Random): Buffer {
  const at = random.below(pages(bytes)) * pageSize
  return bytes.fill(0, at, Math.min(at + pageSize, bytes.length))
}

function swapPages(bytes: Buffer, random: Random): Buffer {
  const [one, other] = [random.below(pages(bytes)) * pageSize, random.below(pages(bytes)) * pageSize]
  const kept = Buffer.from(bytes.subarray(one, one + pageSize))
  bytes.copy(bytes, one, other, other + pageSize)
  kept.copy(bytes, other)
  return bytes
}
