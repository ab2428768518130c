import { describe, expect, it } from 'vitest'
import type { AlertChange } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { anOperation } from '#tests/support/make.ts'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'
import type { PullRig } from '#tests/support/sync/pull-rig.ts'

const { signal } = new AbortController()

const openAlerts = (rig: PullRig, count: number): string[] => {
  const open = rig
    .shown()
    .filter((id) => ['New', 'InProgress'].includes(rig.reader.detail(id)?.alert.stage ?? ''))
  expect(open.length).toBeGreaterThanOrEqual(count)
  return open.slice(0, count)
}

const update = (alertId: string, change: AlertChange, over: Partial<Operation> = {}) =>
  anOperation('alert.update', { change, effect: {} }, { id: `op-${alertId}`, alertId, ...over })

/** Decides without a connection, comes back, and lets rounds pass until nothing waits for its time. */
async function afterADayOffline(rig: PullRig, operations: Operation[], meanwhile?: () => Promise<unknown>) {
  rig.engine().workOffline(true)
  await rig.round()
  await rig.book.append(operations)
  await meanwhile?.()
  const before = rig.hive.events().at(-1)?.n ?? 0
  rig.engine().workOffline(false)
  await rig.rounds(3)
  return rig.hive.events().filter(({ n }) => n > before)
}

type Events = ReturnType<PullRig['hive']['events']>

/** What the drain asked and told: everything but the pull's own questions. */
const drained = (events: Events) =>
  events.filter(
    ({ query, method }) => query === 'forager-alerts-by-id' || (query === undefined && method !== 'GET'),
  )
const reads = (events: Events) =>
  events.filter(({ path, method }) => method === 'GET' && /\/alert\/[^/]+$/.test(path))

const states = (rig: PullRig) => Object.groupBy(rig.outbox.operations, ({ state }) => state)

describe('a thousand decisions made offline', () => {
  it.each<[string, AlertChange, RegExp]>([
    ['closings', { status: 'Ignored' }, /status=/],
    ['additions of a tag', { addTags: ['swept'] }, /^update /],
  ])('%s cost 25 requests at most, and every alert has its receipt', async (_, change, effect) => {
    const rig = await startPullRig({ flavour: 'thehive5', alerts: 1_800 })
    const ids = openAlerts(rig, 1_000)
    const events = await afterADayOffline(
      rig,
      ids.map((id) => update(id, change)),
    )
    expect(drained(events).length + reads(events).length).toBeLessThanOrEqual(25)
    expect(rig.outbox.operations).toHaveLength(1_000)
    for (const { state, alertId, receipt } of rig.outbox.operations)
      expect([state, receipt?.serverId]).toEqual(['sent', alertId])
    const effects = Object.entries(rig.hive.effects()).filter(([key]) => effect.test(key))
    expect(effects).toHaveLength(1_000)
    expect(effects.every(([, count]) => count === 1)).toBe(true)
    for (const id of ids.slice(0, 20))
      expect(rig.reader.detail(id)?.alert).toMatchObject(
        change.status === undefined
          ? { tags: expect.arrayContaining(['swept']) as string[] }
          : { status: 'Ignored', stage: 'Closed' },
      )
  })

  it('of which one answer is lost and one alert is gone: asked once, sent once, and only the one is refused', async () => {
    const rig = await startPullRig({ flavour: 'thehive5', alerts: 700 })
    const ids = openAlerts(rig, 300)
    const [gone] = ids as [string]
    rig.hive.faults.set({
      failNext: [{ match: { method: 'PATCH', pathRegex: '_bulk', nth: 2 }, action: 'reset-after', times: 1 }],
    })
    const events = await afterADayOffline(
      rig,
      ids.map((id) => update(id, { severity: 4, title: 'Swept' })),
      () => rig.colleague.deleteAlert(gone, signal),
    )
    await rig.rounds(3)
    const settled = states(rig)
    expect(settled.rejected?.map(({ alertId, lastError }) => [alertId, lastError?.kind])).toEqual([
      [gone, 'not-found'],
    ])
    expect(settled.sent).toHaveLength(299)
    expect(settled.sent?.filter(({ receipt }) => receipt?.alreadyThere)).toHaveLength(99)
    // One that is gone costs no question about each of the others.
    expect(reads(events).length).toBeLessThan(10)
    const titles = Object.entries(rig.hive.effects()).filter(([key]) => /^update .* title=/.test(key))
    expect(titles).toHaveLength(299)
    expect(titles.every(([, count]) => count === 1)).toBe(true)
    expect(events.filter(({ fault }) => fault !== undefined)).toHaveLength(1)
  })

  it('of which a colleague has contradicted one: that one waits, the others go', async () => {
    const rig = await startPullRig({ flavour: 'thehive5', alerts: 120 })
    const ids = openAlerts(rig, 20)
    const [disputed] = ids as [string]
    const severityOf = (id: string) => rig.reader.detail(id)?.alert.severity
    const theirs = severityOf(disputed) === 1 ? 2 : 1
    await afterADayOffline(
      rig,
      ids.map((id) => update(id, { severity: 4 }, { base: { severity: severityOf(id) } })),
      () => rig.colleague.updateAlert(disputed, { severity: theirs }, signal),
    )
    expect(states(rig).conflict).toMatchObject([
      { alertId: disputed, conflicts: [{ field: 'severity', theirs }] },
    ])
    expect(states(rig).sent).toHaveLength(19)
    expect((await rig.colleague.alert(disputed, signal))?.severity).toBe(theirs)
  })
})

describe('merges of many alerts into one case', () => {
  it('are three calls for a hundred and twenty, and those in a case already hold up nobody', async () => {
    const rig = await startPullRig({ flavour: 'thehive5', alerts: 400 })
    const ids = openAlerts(rig, 122).filter((id) => rig.reader.detail(id)?.alert.caseId === undefined)
    const input = {
      ...{ title: 'Wave', description: '', tags: [] },
      ...({ severity: 2, tlp: 'amber', pap: 'amber' } as const),
    }
    const [into, other] = [
      await rig.colleague.createCase(input, signal),
      await rig.colleague.createCase(input, signal),
    ]
    const merges = ids.map((alertId) =>
      anOperation(
        'alert.merge',
        { caseId: into.id },
        { id: `op-${alertId}`, alertId, base: { caseId: null } },
      ),
    )
    const events = await afterADayOffline(rig, merges.slice(0, 120))
    const calls = events.filter(({ path }) => path.endsWith('/merge/_bulk'))
    expect(calls.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(states(rig).sent).toHaveLength(120)
    const count = (of: string) => Object.keys(rig.hive.effects()).filter((key) => key.endsWith(of)).length
    expect(count(`-> case ${into.id}`)).toBe(120)

    const [taken, free] = ids.slice(120) as [string, string]
    await afterADayOffline(rig, merges.slice(120), () => rig.colleague.merge(taken, other.id, signal))
    const late = Object.groupBy(rig.outbox.operations.slice(120), ({ state }) => state)
    expect([late.conflict?.[0]?.alertId, late.sent?.[0]?.alertId]).toEqual([taken, free])
  })
})

describe.each(['thehive4', 'thehive3'] as const)('a %s', (flavour) => {
  it('takes the same decisions, each once, with the calls it has', async () => {
    const rig = await startPullRig({ flavour, alerts: 120 })
    const ids = openAlerts(rig, 30)
    const events = await afterADayOffline(
      rig,
      ids.map((id) => update(id, { title: 'Swept' })),
    )
    expect(states(rig).sent).toHaveLength(30)
    const effects = Object.entries(rig.hive.effects())
    expect(effects).toHaveLength(30)
    expect(effects.every(([, count]) => count === 1)).toBe(true)
    const writes = events.filter(({ method }) => method === 'PATCH')
    expect(writes).toHaveLength(flavour === 'thehive3' ? 1 : 30)
    for (const id of ids) expect(rig.reader.detail(id)?.alert.title).toBe('Swept')
  })
})
