import { describe, expect, it } from 'vitest'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'
import type { PullRig } from '#tests/support/sync/pull-rig.ts'

const { signal } = new AbortController()

function withObservables(rig: PullRig): { id: string; observableId: string; count: number } {
  for (const id of rig.shown()) {
    const { alert, observables } = rig.reader.detail(id) ?? expect.fail('no detail')
    const [first] = observables
    if (alert.caseId === undefined && first !== undefined)
      return { id, observableId: first.id, count: observables.length }
  }
  return expect.fail('no alert with observables')
}

const observableIds = (rig: PullRig, id: string) => rig.reader.detail(id)?.observables.map((one) => one.id)

describe.each(['thehive5', 'thehive4', 'thehive3'] as const)('a copy of a %s', (flavour) => {
  it('drops an observable that a colleague deleted when the alert is opened', async () => {
    const rig = await startPullRig({ flavour })
    const { id, observableId, count } = withObservables(rig)
    await rig.colleague.deleteObservable({ alertId: id, id: observableId }, signal)
    await rig.engine().lookAt(id)
    expect(observableIds(rig, id)).toHaveLength(count - 1)
    if (flavour !== 'thehive3') expect(observableIds(rig, id)).not.toContain(observableId)
  })

  it('follows cases: a new one, and what a colleague changed on an old one', async () => {
    const rig = await startPullRig({ flavour })
    const input = { title: 'Opened by a colleague', description: '', severity: 2, tlp: 'amber' } as const
    const made = await rig.colleague.createCase({ ...input, pap: 'amber', tags: [] }, signal)
    await rig.round()
    expect(rig.reader.case(made.id)).toMatchObject({ title: 'Opened by a colleague' })
    await rig.colleague.updateCase(made.id, { title: 'Renamed by a colleague' }, signal)
    await rig.round()
    expect(rig.reader.case(made.id)).toMatchObject({ title: 'Renamed by a colleague' })
  })

  it.each(['as the rounds go on', 'when the case is looked at'])(
    'frees the alerts of a case that was deleted, and no longer offers it, %s',
    async (when) => {
      const rig = await startPullRig({ flavour })
      const { id } = withObservables(rig)
      const { id: caseId } = await rig.colleague.promote(id, {}, signal)
      await rig.round()
      expect(rig.reader.detail(id)?.alert.caseId).toBe(caseId)
      const path = flavour === 'thehive5' ? `/api/v1/case/${caseId}` : `/api/case/${caseId}`
      const key = flavour === 'thehive3' ? 'admin-key' : 'ana-key'
      const force = flavour === 'thehive3' ? '/force' : ''
      const answer = await fetch(`${rig.hive.url}${path}${force}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${key}` },
      })
      expect(answer.ok).toBe(true)
      if (when === 'as the rounds go on') await rig.rounds(2)
      else await rig.engine().lookAtCase(caseId)
      expect(rig.reader.detail(id)?.alert).not.toHaveProperty('caseId')
      // TheHive 5 tells of a deleted case to whoever asks for it, and to nobody else.
      if (flavour === 'thehive5' && when !== 'when the case is looked at') return
      expect(rig.reader.searchCases('', 5_000).map((one) => one.id)).not.toContain(caseId)
      expect(rig.reader.case(caseId)).toMatchObject({ gone: true })
    },
  )
})

it('an alert whose number of observables changed is fetched with them, a few each round', async () => {
  const rig = await startPullRig({ flavour: 'thehive5' })
  const { id, observableId, count } = withObservables(rig)
  await rig.colleague.deleteObservable({ alertId: id, id: observableId }, signal)
  await rig.rounds(2)
  expect(observableIds(rig, id)).toHaveLength(count - 1)
  expect(observableIds(rig, id)).not.toContain(observableId)
})
