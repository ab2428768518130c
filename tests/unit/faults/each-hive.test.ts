import { expect, test } from 'vitest'
import { kindsOf } from '#tests/faults/scenarios/every-kind.ts'
import { decisionsOnEach, onEachHive } from '#tests/faults/scenarios/each-hive.ts'
import type { Job } from '#tests/faults/scenarios/each-hive.ts'

const flavours = ['thehive5', 'thehive4', 'thehive3'] as const
const on = (flavour: Job['flavour'], jobs: readonly Job[]) =>
  jobs.filter((job) => job.flavour === flavour).map(({ scenario }) => scenario)

test('a full run tries every kind on every TheHive that has it', () => {
  const jobs = onEachHive({ size: 'full', seed: 1 })
  for (const flavour of flavours) expect(on(flavour, jobs)).toEqual(kindsOf(flavour))
})

test('a quick run tries each older kind on one of the two that have it, and the next seed the other', () => {
  const [one, next] = [1, 2].map((seed) => onEachHive({ size: 'quick', seed }))
  expect(on('thehive5', one ?? [])).toEqual(kindsOf('thehive5'))
  for (const flavour of ['thehive4', 'thehive3'] as const)
    expect(new Set([...on(flavour, one ?? []), ...on(flavour, next ?? [])])).toEqual(
      new Set(kindsOf(flavour)),
    )
  expect(on('thehive4', one ?? []).filter((kind) => on('thehive3', one ?? []).includes(kind))).toEqual([])
})

test('a run may be of some TheHives alone', () => {
  const jobs = onEachHive({ size: 'full', seed: 1, hives: ['thehive3'] })
  expect(jobs.length).toBeGreaterThan(0)
  expect(on('thehive3', jobs)).toHaveLength(jobs.length)
  expect(decisionsOnEach(jobs)).toBe(`${jobs.length} decisions on TheHive 3`)
})
