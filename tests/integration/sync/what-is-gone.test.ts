import { describe, expect, it } from 'vitest'
import { anOperation } from '#tests/support/make.ts'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'
import type { PullRig } from '#tests/support/sync/pull-rig.ts'

const { signal } = new AbortController()

const outcome = (rig: PullRig) => rig.outbox.operations[0]
const update = (alertId: string) =>
  anOperation('alert.update', { change: { title: 'Ours' }, effect: {} }, { alertId })

/** An alert in no case, and one of its observables. */
function withObservables(rig: PullRig): { id: string; observableId: string } {
  for (const id of rig.shown()) {
    const { alert, observables } = rig.reader.detail(id) ?? expect.fail('no detail')
    const [first] = observables
    if (alert.caseId === undefined && first !== undefined) return { id, observableId: first.id }
  }
  return expect.fail('no alert with observables')
}

describe.each(['thehive3', 'thehive4', 'thehive5'] as const)(
  'a decision about what is gone at a %s',
  (flavour) => {
    it('names the alert, and who deleted it where the trail tells', async () => {
      const rig = await startPullRig({ flavour })
      const { id } = withObservables(rig)
      await rig.colleague.deleteAlert(id, signal)
      await rig.book.append([update(id)])
      await rig.round(0)
      await rig.round()
      const by = rig.colleague.session.login
      expect(outcome(rig)).toMatchObject({ state: 'rejected', gone: { what: 'alert' } })
      expect(outcome(rig)?.gone).toEqual(
        flavour === 'thehive5' ? { what: 'alert' } : { what: 'alert', by, at: expect.any(Number) },
      )
      expect(rig.gone()).toContain(id)
    })

    // TheHive 3 keeps observables inside their alert; Forager does not change them there.
    it.skipIf(flavour === 'thehive3')('names the observable', async () => {
      const rig = await startPullRig({ flavour })
      const { id: alertId, observableId } = withObservables(rig)
      await rig.colleague.deleteObservable({ alertId, id: observableId }, signal)
      await rig.book.append([
        anOperation('observable.update', { observableId, change: { ioc: true } }, { alertId }),
      ])
      await rig.round(0)
      expect(outcome(rig)).toMatchObject({ state: 'rejected', gone: { what: 'observable' } })
    })

    it('names the case it was to be merged into', async () => {
      const rig = await startPullRig({ flavour })
      const { id } = withObservables(rig)
      await rig.book.append([
        anOperation(
          'alert.merge',
          { caseId: flavour === 'thehive3' ? 'f'.repeat(32) : '~999999999' },
          { alertId: id },
        ),
      ])
      await rig.round(0)
      expect(outcome(rig)).toMatchObject({ state: 'rejected', gone: { what: 'case' } })
    })
  },
)

describe('a refusal of something else', () => {
  it('is asked about once, and blames nothing that is there', async () => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    const { id } = withObservables(rig)
    rig.hive.faults.set({
      failNext: [{ match: { method: 'PATCH', pathRegex: '/alert' }, action: 'status', status: 404 }],
    })
    await rig.book.append([update(id)])
    await rig.round(0)
    expect(outcome(rig)).toMatchObject({ state: 'rejected', gone: { what: 'other' } })
    const asked = () => rig.hive.events().filter(({ path }) => path.endsWith(`/alert/${id}`)).length
    const before = asked()
    await rig.round()
    expect(asked()).toBe(before)
  })

  it('may not be looked into: nothing is said to be gone', async () => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    const { id } = withObservables(rig)
    rig.hive.faults.set({
      failNext: [
        { match: { method: 'PATCH', pathRegex: '/alert' }, action: 'status', status: 404 },
        { match: { method: 'GET', pathRegex: `/alert/${id}` }, action: 'status', status: 403 },
      ],
    })
    await rig.book.append([update(id)])
    await rig.round(0)
    expect(outcome(rig)).toMatchObject({ state: 'rejected', gone: { what: 'other' } })
    expect(rig.engine().status().connection).toBe('online')
  })
})
