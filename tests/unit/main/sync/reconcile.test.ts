import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { createReconciler } from '#main/sync/reconcile.ts'
import type { ReconcileContext } from '#main/sync/round-context.ts'

const failed = (details: object = {}) =>
  new ForagerError('server-error', 'no', { details: { status: 500, sent: true, ...details } })
const rejecting = (error: ForagerError) => () => Promise.reject(error)

type Faults = {
  alert?: (id: string) => Promise<unknown>
  observables?: (id: string) => Promise<unknown>
  deletedAlerts?: () => Promise<unknown>
  alertIdPage?: () => Promise<unknown>
}

/** A server with an alert that waits to be fetched, a suspect, and a sweep that is due; time in the test's hand. */
function rigOf(faults: Faults, { stale = ['~bad', '~2'], suspects = [] as string[] } = {}) {
  const asked: string[] = []
  const gone: string[] = []
  let state: object = { stale, sweep: { endedAt: 0, countedAt: 0, waiting: false, off: 0 } }
  let now = 10_000_000
  const waiting = new Set(suspects)
  const cache = {
    marks: () => Promise.resolve({ fill: 'done', state }),
    saveMarks: (marks: { state: object }) => Promise.resolve(void (state = marks.state)),
    suspects: () => Promise.resolve([...waiting]),
    markGone: ([id = '']: string[]) => Promise.resolve(void (gone.push(id), waiting.delete(id))),
    ingestAlerts: () => Promise.resolve({ underPending: [] }),
    replaceObservables: () => Promise.resolve(),
    beginSweep: () => Promise.resolve(),
    sweepPage: () => Promise.resolve({ back: [], unknown: 0 }),
    endSweep: () => Promise.resolve({ missing: 0, due: 0 }),
    expectedCount: () => Promise.resolve(0),
  }
  const server = {
    session: { flavour: 'thehive4' },
    countAlerts: () => Promise.resolve(0),
    deletedCases: () => Promise.resolve([]),
    deletedAlerts: faults.deletedAlerts ?? (() => Promise.resolve(undefined)),
    alert: (id: string) => (asked.push(id), faults.alert?.(id) ?? Promise.resolve({ id })),
    observables: (id: string) => faults.observables?.(id) ?? Promise.resolve([]),
    alertIdPage: () => (asked.push('sweep'), faults.alertIdPage?.() ?? Promise.resolve({ ids: [] })),
  }
  const context = {
    ...{ server, cache, clock: { now: () => now }, now: () => now, urgent: () => false },
    ...{ book: { noteServerState: () => undefined }, signal: new AbortController().signal },
  } as unknown as ReconcileContext
  const reconcile = createReconciler()
  const rig = {
    ...{ asked, gone },
    stale: () => (state as { stale: string[] }).stale,
    after: (ms: number) => ((now += ms), reconcile(context)),
  }
  return rig
}

/** Longer than a server that failed is left in peace, and than a sweep waits for the next. */
const hour = 3_600_000
const onlyBad = (error: ForagerError) => (id: string) =>
  id === '~bad' ? Promise.reject(error) : Promise.resolve({ id })

describe('an alert that the server cannot show', () => {
  it.each([
    ['fails over', failed()],
    ['sends in a form nobody can read', new ForagerError('unexpected-shape', 'no')],
    ['does not let be read', new ForagerError('forbidden', 'no')],
  ])('and %s holds up neither the others that wait nor the sweep', async (_, error) => {
    const rig = rigOf({ alert: onlyBad(error) })
    expect(await rig.after(0)).toMatchObject({ problem: { kind: error.kind } })
    expect(await rig.after(20_000)).toMatchObject({ changed: new Set(['~2']) })
    expect(rig.asked).toEqual(['~bad', 'sweep', '~2'])
    expect(rig.stale()).toEqual(['~bad'])
  })

  it('is asked for again after five minutes, and then holds up nobody either', async () => {
    const rig = rigOf({ observables: onlyBad(failed()) }, { stale: ['~bad'] })
    for (const ms of [0, 20_000, 299_000 - 20_000]) await rig.after(ms)
    expect(rig.asked).toEqual(['~bad', 'sweep'])
    await rig.after(1_000)
    expect(rig.asked).toEqual(['~bad', 'sweep', '~bad'])
  })

  it('is a suspect as well: the next one is looked for all the same', async () => {
    const alert = (id: string) => (id === '~bad' ? Promise.reject(failed()) : Promise.resolve(undefined))
    const rig = rigOf({ alert }, { stale: [], suspects: ['~bad', '~3'] })
    await rig.after(0)
    await rig.after(20_000)
    expect(rig.gone).toEqual(['~3'])
  })

  it.each([
    ['offline', new ForagerError('offline', 'no')],
    ['refused', new ForagerError('unauthorised', 'no')],
    ['asked for a pause', failed({ status: 503, retryAfterMs: 45_000 })],
  ])('is not taken for one where the connection is %s: the round ends', async (_, error) => {
    const rig = rigOf({ alert: onlyBad(error) })
    await expect(rig.after(0)).rejects.toBe(error)
    expect(rig.asked).toEqual(['~bad'])
  })

  it('is not taken for one where nothing comes in time: all is left for later', async () => {
    const rig = rigOf({ alert: onlyBad(new ForagerError('timeout', 'no')) })
    expect(await rig.after(0)).toMatchObject({ problem: { kind: 'timeout' } })
    await rig.after(20_000)
    expect(rig.asked).toEqual(['~bad'])
  })
})

describe('what no stamp tells of', () => {
  it('is left for later when the server fails over the sweep as well', async () => {
    const broken = rejecting(failed({ status: 503 }))
    const rig = rigOf({ alert: broken, alertIdPage: broken })
    expect(await rig.after(hour)).toMatchObject({ problem: { kind: 'server-error' } })
    const before = rig.asked.length
    await rig.after(20_000)
    expect(rig.asked).toHaveLength(before)
  })

  it('is found by the sweep where the trail fails again and again', async () => {
    const rig = rigOf({ deletedAlerts: rejecting(failed()) }, { stale: [], suspects: ['~2'] })
    expect(await rig.after(0)).toMatchObject({ problem: { kind: 'server-error' } })
    expect(rig.asked).toEqual(['~2'])
    await rig.after(hour)
    expect(rig.asked).toContain('sweep')
  })

  it('ends the round when the server asks for a pause, so that nothing else is sent either', async () => {
    const rig = rigOf({ deletedAlerts: rejecting(failed({ retryAfterMs: 45_000 })) })
    await expect(rig.after(0)).rejects.toMatchObject({ details: { retryAfterMs: 45_000 } })
  })
})
