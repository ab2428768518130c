import { expect, test } from 'vitest'
import { seededRandom } from '#tests/support/alerts/random.ts'
import { add, countEnding, isOverwritten, nothing } from '#tests/faults/peers/count.ts'
import type { Counts, Ending } from '#tests/faults/peers/count.ts'
import { peerLines } from '#tests/faults/peers/peer-lines.ts'
import { drawScript } from '#tests/faults/peers/script.ts'

const bad = (ending: Ending): Partial<Counts> =>
  Object.fromEntries(
    Object.entries(countEnding(ending)).filter(([key, count]) => key !== 'decisions' && count > 0),
  )

test.each<[string, Ending, Partial<Counts>]>([
  ['there once and done', { effects: 1, things: 1, fate: 'done' }, {}],
  ['a value set once', { effects: 1, fate: 'done' }, {}],
  ['said to be done, and not there', { effects: 0, things: 0, fate: 'done' }, { lost: 1 }],
  ['not there, and in no queue', { effects: 0, fate: 'gone' }, { lost: 1 }],
  ['refused, and not there', { effects: 0, fate: 'refused' }, { lost: 1, lostAndTold: 1 }],
  ['there twice', { effects: 2, things: 2, fate: 'done' }, { doubled: 1 }],
  [
    'there three times and called refused',
    { effects: 3, things: 3, fate: 'refused' },
    { doubled: 1, untrue: 1 },
  ],
  ['a value written twice', { effects: 2, fate: 'done' }, { again: 1 }],
  ['linked again, there once', { effects: 2, things: 1, fate: 'done' }, { again: 1 }],
  ['there, and called refused', { effects: 1, things: 1, fate: 'refused' }, { untrue: 1 }],
  ['not there, and still to be sent', { effects: 0, fate: 'waiting' }, { stuck: 1 }],
  ['there, and still to be sent', { effects: 1, fate: 'waiting' }, { stuck: 1 }],
  ['before the analyst', { effects: 0, fate: 'asked' }, { asked: 1 }],
])('%s', (_, ending, counted) => {
  expect(bad(ending)).toEqual(counted)
})

test('a colleague’s word that is gone counts, unless the analyst was asked', () => {
  const gone = { theirs: 'What Ben found', now: 'Renamed' }
  expect(isOverwritten({ ...gone, fate: 'done' })).toBe(true)
  expect(isOverwritten({ ...gone, fate: 'asked' })).toBe(false)
  expect(isOverwritten({ ...gone, now: gone.theirs, fate: 'done' })).toBe(false)
})

test('counts of histories add up, and are told for so many faults', () => {
  const one = add(nothing, { ...countEnding({ effects: 2, things: 2, fate: 'done' }), faults: 4 })
  const counts = add(one, { ...countEnding({ effects: 0, fate: 'gone' }), faults: 4 })
  expect(counts).toMatchObject({ decisions: 2, lost: 1, doubled: 1, faults: 8 })
  const lines = peerLines([{ name: 'some queue', histories: 2, counts, wrong: [] }])
  expect(lines.find((line) => line.startsWith('some queue '))).toMatch(/ 2 +8 +1 +1 +0 +0 +0 +0 +0$/)
  expect(lines.find((line) => line.includes('10,000'))).toMatch(/ 1250 +1250 +0 +0 +0 +0 +0$/)
})

test('the same seed draws the same decisions and the same misfortunes', () => {
  const named = (seed: number) => {
    const { steps, writes, reads } = drawScript(seededRandom(seed))
    return { steps, met: [...writes, ...reads].map((one) => one?.name) }
  }
  expect(named(7)).toEqual(named(7))
  expect(named(7)).not.toEqual(named(8))
})
