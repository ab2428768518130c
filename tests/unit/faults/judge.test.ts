import { expect, test } from 'vitest'
import { anAlert, anOperation } from '#tests/support/make.ts'
import { compareEffects, effectsOf } from '#tests/faults/rig/effects.ts'
import { wrongIn } from '#tests/faults/rig/judge.ts'

const operation = anOperation('alert.follow', { follow: false }, { id: 'op-1', state: 'sent' })
const receipt = { at: 1, serverId: '~1', note: 'done' }
const alert = anAlert()
const wanted = effectsOf({ 'unfollow ~12345678': 1 })

type World = { times?: number; kept?: object | null; shown?: object; effects?: Record<string, number> }

function judged({ times = 1, kept = { ...operation, receipt }, shown = alert, effects }: World) {
  const analyst = {
    outbox: { get: () => kept },
    writer: { alert: () => ({ base: alert, effective: shown }) },
    book: { resolveId: (id: string) => id },
  } as unknown as Parameters<typeof wrongIn>[0]
  const decision = { operation, times: () => times, madeIds: () => ['~1'] }
  return wrongIn(analyst, [decision], { wanted, found: effects ?? { 'unfollow ~87654321': 1 } })
}

test('a decision that is there once, with a true receipt, is right', () => {
  expect(judged({})).toBeUndefined()
})

test.each<[string, World]>([
  ['lost', { times: 0 }],
  ['lost', { kept: null }],
  ['lost', { kept: { ...operation, state: 'ready' } }],
  ['lost', { effects: {} }],
  ['repeated', { times: 2 }],
  ['repeated', { effects: { 'unfollow ~87654321': 2 } }],
  ['untrue', { kept: { ...operation, receipt: { ...receipt, serverId: '~2' } } }],
  ['untrue', { shown: { ...alert, follow: false } }],
])('%s: %o', (how, world) => {
  expect(judged(world)).toMatchObject({ how })
})

test('effects are compared whatever the ids and numbers in them', () => {
  const found = effectsOf({
    'comment ~40 by ana': 1,
    'comment ~48 by ana': 1,
    'update AXqVtR3mJ9cK2hq7zPdI a=1': 1,
  })
  expect([...found]).toEqual([
    ['comment # by ana', 2],
    ['update # a=#', 1],
  ])
  expect(compareEffects(effectsOf({ 'comment ~1 by ana': 1, 'delete ~1': 1 }), found)).toEqual({
    lacking: ['delete #'],
    tooMany: ['comment # by ana', 'update # a=#'],
  })
})
