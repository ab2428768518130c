import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { Pauses } from '#tests/faults/simulation/ledger/pauses.ts'

const asked = new ForagerError('rate-limited', 'a pause', { details: { retryAfterMs: 45_000 } })
const write = { method: 'addComment', args: [], isWrite: true }
const read = { method: 'alert', args: [], isWrite: false }

function paused(): Pauses {
  const pauses = new Pauses()
  pauses.heard(asked, ['a'], 1_000)
  pauses.waits('a')
  return pauses
}

describe('a pause the server asked for', () => {
  it('is broken by any write before its end, and not by a look', () => {
    expect(paused().broken(write, ['b'], 45_999)).toBe('addComment')
    expect(paused().broken(read, [], 2_000)).toBeUndefined()
    expect(paused().broken(write, ['a', 'b'], 46_000)).toBeUndefined()
  })

  it('is kept for the decision by the next process, once it is written down', () => {
    const pauses = paused()
    pauses.begin()
    expect(pauses.broken(write, ['b'], 2_000)).toBeUndefined()
    expect(pauses.broken(write, ['a'], 2_000)).toBe('a')
  })

  it('is over for a decision that the analyst sends', () => {
    const pauses = paused()
    pauses.begin()
    pauses.sendNow('a')
    expect(pauses.broken(write, ['a'], 2_000)).toBeUndefined()
  })

  it('and for what goes along with it in the same request', () => {
    const pauses = new Pauses()
    pauses.heard(asked, ['a', 'b'], 1_000)
    for (const id of ['a', 'b']) pauses.waits(id)
    pauses.begin()
    expect(pauses.broken(write, ['a', 'b'], 2_000)).toBe('a')
    pauses.sendNow('a')
    expect(pauses.broken(write, ['a', 'b'], 2_000)).toBeUndefined()
    expect(pauses.broken(write, ['b'], 2_000)).toBe('b')
  })

  it('is none when no time was named', () => {
    const pauses = new Pauses()
    pauses.heard(new ForagerError('rate-limited', 'a pause', { details: { status: 429 } }), ['a'], 1_000)
    expect(pauses.broken(write, ['a'], 1_001)).toBeUndefined()
  })
})
