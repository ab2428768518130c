import { beforeEach, expect, test, vi } from 'vitest'
import { forager } from '#tests/faults/peers/clients/forager.ts'
import { plainQueue } from '#tests/faults/peers/clients/plain-queue.ts'
import { tanstack } from '#tests/faults/peers/clients/tanstack.ts'
import { misfortunesOfWrites } from '#tests/faults/peers/misfortunes.ts'
import { runHistory } from '#tests/faults/peers/run-history.ts'
import { sorts } from '#tests/faults/peers/script.ts'
import type { Script, Sort } from '#tests/faults/peers/script.ts'

const all = [forager, tanstack, plainQueue].map((kind) => [kind.name, kind] as const)
const peers = all.slice(1)

/** These decisions, with this at the first request that changes something. */
function script(decided: readonly Sort[], first?: string): Script {
  const steps = decided.map((sort) => ({ sort, colleague: 'between' as const }))
  return { steps, writes: [misfortunesOfWrites.find(({ name }) => name === first)], reads: [] }
}

const oneOfEach = script(sorts)
/** The last two sorts are two decisions each. */
const decided = sorts.length + 2

// A peer warns of each refusal there: it is counted here.
beforeEach(() => void vi.spyOn(console, 'warn').mockReturnValue())

test.each(all)('%s sends every sort of decision once when nothing happens', async (_, kind) => {
  const { counts, wrong } = await runHistory(kind, oneOfEach)
  expect(wrong).toEqual([])
  expect(counts).toMatchObject({ decisions: decided, lost: 0, doubled: 0, again: 0, stuck: 0, asked: 0 })
})

test.each(['delivered late', 'connection refused for a while', 'death before sending', 'death after commit'])(
  'Forager has a comment there once, whatever happens to it: %s',
  async (name) => {
    const { counts, wrong } = await runHistory(forager, script(['comment'], name))
    expect(wrong).toEqual([])
    expect(counts).toMatchObject({ lost: 0, doubled: 0, stuck: 0, faults: 1 })
  },
)

test.each(peers)('what %s sends again is counted: a comment is there twice', async (_, kind) => {
  const { counts } = await runHistory(kind, script(['comment'], 'reply lost after commit'))
  expect(counts).toMatchObject({ decisions: 1, lost: 0, doubled: 1, faults: 1 })
})

test.each(peers)('what %s writes over is counted: a colleague’s title is gone', async (_, kind) => {
  const { counts } = await runHistory(kind, script(['title'], 'reply lost after commit'))
  expect(counts).toMatchObject({ again: 1, overwritten: 1, colleagues: 1, asked: 0 })
})

test('Forager asks where a colleague went on before it heard of its own change', async () => {
  const { counts } = await runHistory(forager, script(['title'], 'reply lost after commit'))
  expect(counts).toMatchObject({ again: 0, overwritten: 0, colleagues: 1, asked: 1 })
})

test.each(peers)(
  'what %s gives up is counted: an alert’s twin is refused, and its comment with it',
  async (_, kind) => {
    const { counts } = await runHistory(kind, script(['comment on a new alert'], 'death after commit'))
    expect(counts).toMatchObject({ decisions: 2, lost: 1, lostAndTold: 1, untrue: 1 })
  },
)
