import { describe, expect, it } from 'vitest'
import type { Operation } from '#shared/model/operation.ts'
import { anOperation } from '#tests/support/make.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

/** The server asks for a pause, or the analyst works offline, while the alert is looked at. */
function stoppedDuringTheLook(operation: Operation) {
  const rig = runnerRig([operation])
  const { alert } = rig.hive.server
  let stopped = false
  rig.hive.server.alert = async (...asked) => {
    stopped = true
    return alert(...asked)
  }
  return { rig, drain: () => rig.drain(() => stopped), goOn: () => rig.drain() }
}

describe('what is stopped between a look and what would be sent after it', () => {
  const payload = { change: { severity: 4 as const }, effect: {} }
  const doubted = anOperation('alert.update', payload, { mustVerify: true, attempts: 1, firstSentAt: 5_000 })
  const uncompared = anOperation('alert.update', payload, { mustCompare: true })

  it.each([
    ['an attempt in doubt', doubted],
    ['a decision that has to meet what stands there first', uncompared],
  ])('is not sent, and waits as before: %s', async (_, operation) => {
    const { rig, drain, goOn } = stoppedDuringTheLook(operation)
    expect(await drain()).toEqual({ ended: 'stopped' })
    expect(rig.hive.effects).toEqual([])
    const [waiting] = rig.outbox.operations
    expect(waiting).toMatchObject({ state: 'ready', attempts: operation.attempts })
    expect(waiting).not.toHaveProperty('lastError')
    expect(waiting?.mustVerify).toBe(operation.mustVerify)
    expect(await goOn()).toEqual({ ended: 'empty' })
    expect(rig.hive.effects).toHaveLength(1)
    expect(rig.states()).toEqual({ [operation.id]: 'sent' })
  })

  it('is asked about where a part of it is on the server already', async () => {
    const values = ['203.0.113.7', 'phish.example'].map((data, at) => ({
      ...{ dataType: at === 0 ? ('ip' as const) : ('domain' as const), data, localId: `local:${at}` },
    }))
    const marks = { tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false } as const
    const adding = anOperation('observable.add-values', { values, marks: { ...marks, tags: [] } })
    const rig = runnerRig([adding])
    const { addValues } = rig.hive.server
    let stopped = false
    rig.hive.server.addValues = async (...asked) => {
      const added = await addValues(...asked)
      stopped = true
      return added
    }
    expect(await rig.drain(() => stopped)).toEqual({ ended: 'stopped' })
    const [waiting] = rig.outbox.operations
    expect(rig.hive.effects).toHaveLength(1)
    expect(waiting?.state).toBe('sending')
    rig.time.now += 60_000
    expect(await rig.drain()).toEqual({ ended: 'empty' })
    expect(rig.states()).toEqual({ [adding.id]: 'sent' })
    expect(rig.hive.effects).toHaveLength(2)
  })
})
