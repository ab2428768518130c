import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Severity } from '#shared/model/scales.ts'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { arrived, exported, resumed, travelling } from '#main/domain/carried.ts'
import { SendGate } from '#main/sync/send-gate.ts'
import { operation as anyOperation } from '#tests/support/arbitraries.ts'
import { aCase, anOperation } from '#tests/support/make.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

const mark = { at: 5_500, file: 'a.forager-outbox', clockAhead: 0 }
const carriedOver = (one: Operation): Operation => arrived(travelling(exported(one, mark)), mark)
const severity = fc.constantFrom<Severity>(1, 2, 3, 4)

/** Edits of one field, each on the ground of the one before. */
const chainOf = (values: readonly Severity[], base: Severity): Operation[] =>
  values.map((value, n) =>
    anOperation(
      'alert.update',
      { change: { severity: value }, effect: {} },
      { id: `u${n}`, base: { severity: values[n - 1] ?? base } },
    ),
  )

describe('edits that came with a file', () => {
  it('end as they were decided, however many of them had been sent elsewhere', async () => {
    const chains = fc.record({
      base: severity,
      values: fc.array(severity, { minLength: 1, maxLength: 5 }),
      sent: fc.nat(5),
      role: fc.constantFrom('imported', 'resumed'),
    })
    await fc.assert(
      fc.asyncProperty(chains, async ({ base, values, sent, role }) => {
        const chain = chainOf(values, base).map((one) =>
          role === 'imported' ? carriedOver(one) : resumed(exported(one, mark), 5_600),
        )
        const rig = runnerRig(chain, (hive) =>
          hive.change('~1', { severity: values.slice(0, sent).at(-1) ?? base }),
        )
        await rig.drain()
        expect(rig.states()).toEqual(Object.fromEntries(chain.map(({ id }) => [id, 'sent'])))
        expect(rig.hive.alerts.get('~1')?.severity).toBe(values.at(-1))
      }),
      { numRuns: 200 },
    )
  })
})

describe('the same words twice', () => {
  const note = (id: string, over: Partial<Operation> = {}) =>
    anOperation('comment.add', { localId: `local:${id}`, message: 'looked at it' }, { id, ...over })

  it('are not taken for done because of the first, whose receipt stayed elsewhere', async () => {
    const rig = runnerRig([], (hive) => hive.change('~1', {}))
    const first = await rig.hive.server.addComment('~1', 'looked at it', new AbortController().signal)
    await rig.book.adopt({
      operations: [carriedOver(note('b'))],
      ids: [],
      specimens: [],
      claimed: [first.id],
    })
    rig.restart()
    await rig.drain()
    expect(rig.states()).toEqual({ b: 'sent' })
    expect(rig.outbox.operations[0]?.receipt?.alreadyThere).toBeUndefined()
    expect(rig.hive.effects.filter((effect) => effect.startsWith('comment'))).toHaveLength(2)
  })
})

describe('a new case that was made elsewhere', () => {
  const input = {
    ...{ title: 'Wave', description: '', severity: 2, tlp: 'amber', pap: 'amber', tags: [] },
    ...{ flag: false, customFields: [] },
  } as never
  const predicted = aCase({ id: 'local:c', title: 'Wave' })
  const creation = anOperation('case.create', { input, predicted }, { id: 'c', alertId: 'local:c' })

  it('is found by its words once its marker has come off', async () => {
    const rig = runnerRig([resumed(exported(creation, mark), 5_600)], (hive) =>
      hive.cases.set('~50', aCase({ id: '~50', title: 'Wave', createdBy: 'ana', createdAt: 5_550 })),
    )
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'sent' })
    expect(rig.hive.effects).toEqual([])
    expect(rig.outbox.idMap().get('local:c')).toBe('~50')
  })

  it.each([
    ['of a colleague', { createdBy: 'bo' }],
    ['with another title', { title: 'Another' }],
    ['from long before', { createdAt: -700_000 }],
  ])('is not one %s', async (_, over) => {
    const made = aCase({ id: '~50', title: 'Wave', createdBy: 'ana', createdAt: 5_550, ...over })
    const rig = runnerRig([carriedOver(creation)], (hive) => hive.cases.set('~50', made))
    rig.time.now = 200_000
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'sent' })
    expect(rig.hive.effects).toContain('create-case Wave')
  })

  it('is sent at once where it was never tried', async () => {
    const rig = runnerRig([carriedOver(creation)])
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'sent' })
  })

  it('is waited for where it was tried before it left', async () => {
    const tried = { ...creation, attempts: 1, firstSentAt: 5_400, mustVerify: true }
    const rig = runnerRig([carriedOver(tried)])
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'retry-at' })
    expect(rig.hive.effects).toEqual([])
  })

  it('is waited for as long as a list may be late after it was resumed', async () => {
    const rig = runnerRig([resumed(exported(creation, mark), 180_000)])
    rig.time.now = 200_000
    await rig.drain()
    expect(rig.states()).toEqual({ c: 'retry-at' })
    expect(rig.hive.effects).toEqual([])
  })
})

describe('a decision that travels', () => {
  it('arrives with all it is, to be asked about, on hold only where the analyst held it', () => {
    fc.assert(
      fc.property(
        anyOperation.filter(({ state }) => state !== 'sent'),
        (one) => {
          const held =
            one.carried?.role === 'exported' ? one.carried.wasHeld === true : one.notBefore === untilAnalyst
          const came = carriedOver(one)
          const { kind, id, payload, base, dependsOn, attempts, createdAt } = one
          expect(came).toMatchObject({
            kind,
            id,
            payload,
            base,
            dependsOn,
            attempts,
            createdAt,
            mustVerify: true,
          })
          expect(came.carried?.role).toBe('imported')
          expect(came.notBefore).toBe(held ? untilAnalyst : Math.min(createdAt, mark.at))
          const waits = ['conflict', 'rejected', 'cannot-tell'].includes(one.state)
          expect(came.state).toBe(waits ? one.state : held ? 'held' : 'ready')
          expect(came.firstSentAt).toBeLessThanOrEqual(mark.at)
        },
      ),
    )
  })

  it('stays where it was, on hold, and says so when it is exported again', () => {
    const once = exported(anOperation('alert.delete', {}), mark)
    expect(once).toMatchObject({
      state: 'held',
      notBefore: untilAnalyst,
      mustVerify: true,
      firstSentAt: 5_000,
    })
    const twice = exported(once, { ...mark, at: 9_000, file: 'b' })
    expect(twice.carried).toEqual({ role: 'exported', at: 9_000, file: 'b', wasHeld: false })
    expect(travelling(twice)).toMatchObject({ state: 'ready', notBefore: 0 })
  })

  it('is looked for from before it was decided where our clock is fast', () => {
    const decided = exported(anOperation('alert.delete', {}), { ...mark, clockAhead: -3_600 })
    expect(decided.firstSentAt).toBe(1_400)
  })
})

describe('the gate', () => {
  afterEach(() => void vi.useRealTimers())

  it('gives up what does not come back: nobody knows then what became of it', async () => {
    vi.useFakeTimers()
    const gate = new SendGate()
    const said: string[] = []
    const sending = gate.pass(
      (signal) =>
        new Promise<void>((resolve) =>
          signal.addEventListener('abort', () => {
            said.push('given up')
            resolve()
          }),
        ),
    )
    const still = gate.standStill(() => said.push('still'))
    await vi.advanceTimersByTimeAsync(9_900)
    expect(said).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    await Promise.all([sending, still])
    expect(said).toEqual(['given up', 'still'])
    await gate.pass((signal) => Promise.resolve(said.push(signal.aborted ? 'dead' : 'alive')))
    expect(said.at(-1)).toBe('alive')
  })

  it('waits for what is on its way, lets nothing else begin, and opens again', async () => {
    const gate = new SendGate()
    const said: string[] = []
    let answer = (): void => undefined
    const sending = gate.pass(
      () =>
        new Promise<void>((resolve) => {
          answer = () => {
            said.push('answered')
            resolve()
          }
        }),
    )
    const still = gate.standStill(() => said.push(`still, ${gate.isClosed ? 'closed' : 'open'}`))
    expect(gate.isClosed).toBe(true)
    answer()
    await Promise.all([sending, still])
    expect(said).toEqual(['answered', 'still, closed'])
    expect(gate.isClosed).toBe(false)
  })
})
