import { describe, expect, it } from 'vitest'
import { anOperation, plainMarks } from '#tests/support/make.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

describe('values of several types', () => {
  it('of which some are there when the server stops answering are in doubt: they cannot be taken back', async () => {
    const values = [
      { dataType: 'ip', data: '192.0.2.1', localId: 'local:a' },
      { dataType: 'domain', data: 'bad.example', localId: 'local:b' },
    ]
    const rig = runnerRig([
      anOperation('observable.add-values', { marks: plainMarks, values }, { id: 'add' }),
    ])
    rig.hive.plan.push(undefined, { when: 'before', kind: 'unauthorised' })
    await rig.drain()
    expect(rig.outbox.operations).toMatchObject([{ state: 'retry-at', mustVerify: true }])
    rig.time.now += 600_000
    await rig.drain()
    expect(rig.states()).toEqual({ add: 'sent' })
    expect(rig.hive.observables.map(({ data }) => data)).toEqual(['192.0.2.1', 'bad.example'])
    expect(rig.hive.effects).toHaveLength(2)
  })
})

describe('values of which the server refuses one', () => {
  const value = (localId: string, dataType: string, data: string) => ({ localId, dataType, data })
  const ip = value('local:ip', 'ip', '192.0.2.1')
  const nonsense = value('local:bad', 'nonsense', 'x')
  const tag = (observableId: string, id: string) =>
    anOperation(
      'observable.update',
      { observableId, change: { addTags: ['c2'] } },
      { id, dependsOn: ['add'] },
    )
  const decided = (other: ReturnType<typeof value>, values: ReturnType<typeof value>[]) => [
    anOperation('observable.add-values', { marks: plainMarks, values }, { id: 'add' }),
    tag(ip.localId, 'tag-ip'),
    tag(other.localId, 'tag-other'),
  ]
  const standsAlone = (rig: ReturnType<typeof runnerRig>, refused: object) => {
    expect(rig.states()).toEqual({ add: 'rejected', 'tag-ip': 'sent', 'tag-other': 'ready' })
    expect(rig.book.get('add')).toMatchObject({ payload: { values: [refused] } })
    expect(rig.book.get('tag-other')).toMatchObject({ dependsOn: ['add'] })
    expect(rig.hive.observables).toMatchObject([{ data: ip.data, tags: ['c2'] }])
    const folded = rig.calls.findLast(({ method }) => method === 'setPending')
    expect(folded?.args).toMatchObject([[{ operations: [{ payload: { values: [refused] } }, {}] }]])
  }

  it('go on without it: what was decided about the others is sent, and it alone stays', async () => {
    const bad = value('local:bad', 'ip', 'no address')
    const rig = runnerRig(decided(bad, [ip, bad]))
    const { addValues } = rig.hive.server
    rig.hive.server.addValues = async (id, { values, marks }, signal) => ({
      ...(await addValues(id, { values: values.filter(({ data }) => data !== bad.data), marks }, signal)),
      failed: [{ data: bad.data, alreadyThere: false, message: 'no ip' }],
    })
    await rig.drain()
    standsAlone(rig, bad)
    expect(rig.book.get('add')?.lastError).toMatchObject({
      message: 'The server refused no address (no ip).',
      did: 'The other values were added.',
    })
  })

  it.each(['before', 'after'])('also where a whole type is refused %s the other was taken', async (when) => {
    const rig = runnerRig(decided(nonsense, when === 'before' ? [nonsense, ip] : [ip, nonsense]))
    rig.hive.plan.push(...(when === 'before' ? [] : [undefined]), { when: 'before', kind: 'forbidden' })
    await rig.drain()
    standsAlone(rig, nonsense)
    expect(rig.book.get('add')).toMatchObject({ lastError: { kind: 'forbidden' } })
  })

  it('also where the other was taken by an attempt before, of which the answer was lost', async () => {
    const rig = runnerRig(decided(nonsense, [ip, nonsense]))
    rig.hive.plan.push({ when: 'after', kind: 'timeout' }, { when: 'before', kind: 'rejected' })
    await rig.drain()
    rig.time.now += 600_000
    await rig.drain()
    standsAlone(rig, nonsense)
  })

  it('is not among the refused what somebody else had added: it is there', async () => {
    const other = value('local:domain', 'domain', 'bad.example')
    const rig = runnerRig([
      anOperation('observable.add-values', { marks: plainMarks, values: [ip, other] }, { id: 'add' }),
      tag(ip.localId, 'tag-ip'),
    ])
    await rig.hive.server.addValues('~1', { values: [ip], marks: plainMarks }, new AbortController().signal)
    const [theirs] = rig.hive.observables
    rig.hive.plan.push({ when: 'before', kind: 'forbidden' })
    await rig.drain()
    expect(rig.states()).toEqual({ add: 'sent', 'tag-ip': 'sent' })
    expect(rig.hive.observables).toMatchObject([
      { id: theirs?.id, data: ip.data, tags: ['c2'] },
      { data: other.data },
    ])
  })

  it('but all of them stay where none was taken', async () => {
    const rig = runnerRig(decided(nonsense, [ip, nonsense]))
    rig.hive.plan.push({ when: 'before', kind: 'forbidden' }, { when: 'before', kind: 'forbidden' })
    await rig.drain()
    expect(rig.states()).toEqual({ add: 'rejected', 'tag-ip': 'ready', 'tag-other': 'ready' })
    expect(rig.book.get('add')).toMatchObject({
      payload: { values: [ip, nonsense] },
      lastError: { kind: 'forbidden' },
    })
  })
})
