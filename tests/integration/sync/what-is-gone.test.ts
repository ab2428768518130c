import { describe, expect, it } from 'vitest'
import { anOperation } from '#tests/support/make.ts'
import { startPullRig } from '#tests/support/sync/pull-rig.ts'
import type { PullRig } from '#tests/support/sync/pull-rig.ts'

type Flavour = 'thehive3' | 'thehive4' | 'thehive5'
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

/** A case that was, on the server alone. TheHive 3 lets an administrator alone delete one. */
async function deletedCase({ hive, colleague }: PullRig, flavour: Flavour): Promise<string> {
  const marked = { severity: 2, tlp: 'amber', pap: 'amber' } as const
  const input = { title: 'Short-lived', description: '', tags: [], ...marked }
  const { id } = await colleague.createCase(input, signal)
  const path = flavour === 'thehive5' ? `/api/v1/case/${id}` : `/api/case/${id}`
  const [force, key] = flavour === 'thehive3' ? ['/force', 'admin-key'] : ['', 'ben-key']
  const headers = { authorization: `Bearer ${key}` }
  const answer = await fetch(`${hive.url}${path}${force}`, { method: 'DELETE', headers })
  expect(answer.ok).toBe(true)
  return id
}

describe.each(['thehive3', 'thehive4', 'thehive5'] as const)(
  'a decision about what is gone at a %s',
  (flavour) => {
    it('names the alert, and who deleted it', async () => {
      const rig = await startPullRig({ flavour })
      const { id } = withObservables(rig)
      await rig.colleague.deleteAlert(id, signal)
      await rig.book.append([update(id)])
      await rig.round(0)
      await rig.round()
      const by = rig.colleague.session.login
      expect(outcome(rig)).toMatchObject({ state: 'rejected', gone: { what: 'alert' } })
      expect(outcome(rig)?.gone).toEqual({ what: 'alert', by, at: expect.any(Number) })
      expect(rig.gone()).toContain(id)
    })

    // TheHive 3 keeps observables inside their alert; Forager does not change them there.
    it.skipIf(flavour === 'thehive3')('names the observable, and who deleted it', async () => {
      const rig = await startPullRig({ flavour })
      const { id: alertId, observableId } = withObservables(rig)
      await rig.colleague.deleteObservable({ alertId, id: observableId }, signal)
      await rig.book.append([
        anOperation('observable.update', { observableId, change: { ioc: true } }, { alertId }),
      ])
      await rig.round(0)
      const by = rig.colleague.session.login
      expect(outcome(rig)).toMatchObject({ state: 'rejected', gone: { what: 'observable', by } })
    })

    it('names the case that was deleted before the merge, and who deleted it', async () => {
      const rig = await startPullRig({ flavour })
      const { id: alertId } = withObservables(rig)
      const caseId = await deletedCase(rig, flavour)
      await rig.book.append([anOperation('alert.merge', { caseId }, { alertId })])
      await rig.round(0)
      const by = flavour === 'thehive3' ? expect.stringMatching(/^admin/) : rig.colleague.session.login
      expect(outcome(rig)?.gone).toEqual({ what: 'case', by, at: expect.any(Number) })
    })

    it('names the case it was to be merged into, and nobody where the server does not tell', async () => {
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
      expect(outcome(rig)?.gone).toEqual({ what: 'case' })
    })
  },
)

describe('a comment or a procedure that a colleague deleted', () => {
  it.each(['comment', 'procedure'] as const)('%s: is named, and so is who deleted it', async (what) => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    const { id: alertId } = withObservables(rig)
    const { colleague } = rig
    const made =
      what === 'comment'
        ? await colleague.addComment(alertId, 'Seen', signal)
        : await colleague.addProcedure(alertId, { patternId: 'T1566', occurDate: 1 }, signal)
    if (what === 'comment') await colleague.deleteComment(made.id, signal)
    else await colleague.deleteProcedure(made.id, signal)
    await rig.book.append([
      what === 'comment'
        ? anOperation('comment.edit', { commentId: made.id, message: 'Ours' }, { alertId })
        : anOperation(
            'procedure.edit',
            { procedureId: made.id, change: { description: 'Ours' } },
            { alertId },
          ),
    ])
    await rig.round(0)
    expect(outcome(rig)?.gone).toEqual({ what, by: colleague.session.login, at: expect.any(Number) })
  })

  it.each([403, 404, 500])('is named without anybody where the feed answers %s', async (status) => {
    const rig = await startPullRig({ flavour: 'thehive5' })
    const { id: alertId, observableId } = withObservables(rig)
    await rig.colleague.deleteObservable({ alertId, id: observableId }, signal)
    rig.hive.faults.set({
      failNext: [{ match: { method: 'GET', pathRegex: '/flow' }, action: 'status', status }],
    })
    await rig.book.append([
      anOperation('observable.update', { observableId, change: { ioc: true } }, { alertId }),
    ])
    await rig.round(0)
    expect(outcome(rig)?.gone).toEqual({ what: 'observable' })
    expect(rig.engine().status().connection).toBe('online')
  })
})

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
