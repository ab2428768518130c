import { existsSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { cachePath } from '#main/store/profile-files.ts'
import { openFiles } from '#tests/faults/simulation/analyst/files.ts'
import type { Files } from '#tests/faults/simulation/analyst/files.ts'
import { runScript } from '#tests/faults/simulation/run-script.ts'
import type { Script, Step } from '#tests/faults/simulation/script.ts'
import { anAlert, anOperation } from '#tests/support/make.ts'
import { breakPages } from '#tests/support/store/break-file.ts'
import { openedCache, openedOutbox, tempProfile } from '#tests/support/store/temp-profile.ts'
import { kindCases } from '#tests/support/sync/kind-cases.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

// Each is a complaint that users of other programs with an outbox have made in public.

const files: Files[] = []
afterAll(() => files.forEach((one) => one.close()))
const historyOf = (steps: Step[], over: Partial<Script> = {}) => {
  const script: Script = { seed: 1, analysts: 1, generation: 'five', lagMs: 0, filled: true, steps, ...over }
  return runScript(script, (index) => (files[index] ??= openFiles()))
}
const decide = (kind: 'comment.add' | 'alert.follow' | 'alert.delete', wait = 500): Step => ({
  ...{ wait, do: 'decide', who: 0, kind, pick: 1, value: 1 },
})

describe('what users of other programs complain about', () => {
  it('a queue is not replayed by starting again, however often', async () => {
    const rig = runnerRig([anOperation('comment.add', { localId: 'local:m', message: 'once' })])
    rig.hive.plan.push({ when: 'after', kind: 'timeout' })
    for (let start = 0; start < 200; start += 1) {
      await rig.drain()
      rig.restart()
      rig.time.now += 600_000
    }
    expect(rig.hive.effects).toEqual(['comment ~1 once'])
  })

  it.each(kindCases)('%s is read from the disk as it was written', (_, { operation }) => {
    const { outbox } = openedOutbox(tempProfile({ keyHex: undefined }))
    outbox.append([operation])
    expect(outbox.pending()).toEqual([JSON.parse(JSON.stringify(operation))])
  })

  it('a retry is not overtaken by a later decision about the same alert', async () => {
    const first = anOperation('alert.update', { change: { title: 'First' }, effect: {} }, { id: 'a' })
    const second = anOperation('comment.add', { localId: 'local:m', message: 'second' }, { id: 'b' })
    const rig = runnerRig([first, second])
    rig.hive.plan.push({ when: 'before', kind: 'server-error' })
    await rig.drain()
    expect(rig.hive.effects).toEqual([])
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.hive.effects).toEqual(['update ~1 {"title":"First"}', 'comment ~1 second'])
  })

  it('a refetch never shows a state that lacks a pending decision', () => {
    const { writer, reader } = openedCache(tempProfile({ keyHex: undefined }))
    writer.ingestAlerts([anAlert()], 1)
    const follow = anOperation('alert.follow', { follow: false })
    writer.setPending([{ alertId: '~1', operations: [follow] }])
    writer.ingestAlerts([anAlert({ title: 'Fetched anew', updatedAt: 2_000 })], 2)
    expect(reader.detail('~1')?.alert).toMatchObject({ follow: false, title: 'Fetched anew' })
  })

  it('what was deleted does not come back by an echo, though the index still lists it', async () => {
    const { findings } = await historyOf([decide('alert.delete')], { lagMs: 60_000 })
    expect(findings).toEqual([])
  })

  it('a server that suddenly looks empty takes nothing away, however long it lasts', () => {
    const { writer } = openedCache(tempProfile({ keyHex: undefined }))
    const ids = Array.from({ length: 40 }, (_, at) => `~${at}`)
    writer.ingestAlerts(
      ids.map((id) => anAlert({ id, sourceRef: id })),
      1,
    )
    writer.beginSweep()
    expect(writer.endSweep({ startedAt: 100, at: 101 })).toEqual({ missing: 40, due: 0 })
    expect(writer.suspects(100)).toEqual([])
    expect(writer.alert('~7').effective).toBeDefined()
  })

  it('a copy made anew does not cost a decision that was not sent', async () => {
    const { findings, decisions } = await historyOf([
      { wait: 500, do: 'work-offline', who: 0, offline: true },
      ...[decide('comment.add'), decide('alert.follow')],
      { wait: 500, do: 'resync', who: 0 },
    ])
    expect({ findings, decisions }).toEqual({ findings: [], decisions: 2 })
  })

  it('a time-out is asked about and never answered with a blind retry', async () => {
    const { findings } = await historyOf([
      { wait: 100, do: 'fault', who: 0, on: 'write', fault: 'timeout-after' },
      decide('comment.add'),
    ])
    expect(findings).toEqual([])
  })

  it('a damaged copy is rebuilt, and what waits in the outbox stays', () => {
    const location = tempProfile({ keyHex: undefined })
    openCacheWriter(location).close()
    const before = openOutbox(location)
    before.append([anOperation('alert.follow', { follow: false })])
    before.close()
    breakPages(cachePath(location.folder), 0, 1)
    const writer = openCacheWriter(location)
    expect(writer.damage()).toMatchObject({ file: 'cache', recovered: 'fresh' })
    expect(existsSync(writer.damage()?.kept ?? '')).toBe(true)
    writer.close()
    const after = openOutbox(location)
    expect(after.pending()).toHaveLength(1)
    after.close()
  })

  it.each(['401', '429', '500-before', 'refused', 'login-page'] as const)(
    'nothing stops for good after a spell of %s',
    async (fault) => {
      const { findings } = await historyOf([
        { wait: 100, do: 'spell', who: 0, fault, ms: 60_000 },
        ...[decide('comment.add'), decide('alert.follow', 20_000)],
      ])
      expect(findings).toEqual([])
    },
  )
})
