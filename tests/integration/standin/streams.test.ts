import { describe, expect, test, vi } from 'vitest'
import { AuditBook } from '#tests/support/thehive/audit/audit-book.ts'
import { createStreams, usualTimes } from '#tests/support/thehive/audit/streams.ts'
import { createAlert, createCase, createClient, useStandIn, type Json } from './client.ts'

const hive = await useStandIn({ validate: true })
const ana = createClient(hive.url)

type Item = { base: Json & { details: Json }; summary: Record<string, Record<string, number>> }

const open = async (client = ana): Promise<string> => {
  const { status, body } = await client.send('POST', '/api/v1/stream')
  expect(status).toBe(200)
  return String(body)
}
const read = async (id: string): Promise<Item[]> =>
  (await ana.get(`/api/v1/stream/${id}`)) as unknown as Item[]

describe('streams', () => {
  test('a read answers what happened since the last one, one item a request', async () => {
    await createAlert(ana, { title: 'Before' })
    const id = await open()
    expect(id).toMatch(/^[A-Za-z0-9]{20}$/)
    const observables = [{ dataType: 'ip', data: '192.0.2.1' }]
    const alert = await createAlert(ana, { title: 'After', observables })
    await ana.want(204, 'PATCH', `/api/v1/alert/${alert._id}`, { title: 'Later' })
    const [first, second, ...more] = await read(id)
    expect(more).toEqual([])
    expect(first).toMatchObject({
      base: {
        action: 'create',
        objectType: 'Alert',
        objectId: alert._id,
        mainAction: true,
        _createdBy: 'ana@acme.example',
      },
      summary: { Alert: { create: 1 }, Observable: { create: 1 } },
    })
    expect(second?.base).toMatchObject({ action: 'update', rootId: alert._id, details: { title: 'Later' } })
    expect(hive.violations()).toEqual([])
  })

  test('a read waits for what comes', async () => {
    const id = await open()
    const waiting = read(id)
    const { _id } = await createAlert(ana)
    expect(await waiting).toMatchObject([{ base: { objectId: _id } }])
  })

  test('a deletion is told, its object gone', async () => {
    const { _id } = await createAlert(ana)
    const id = await open()
    await ana.want(204, 'DELETE', `/api/v1/alert/${_id}`)
    const [item] = await read(id)
    expect(item?.base).toMatchObject({ action: 'delete', objectType: 'Alert', objectId: _id })
    expect(item?.base).not.toHaveProperty('object')
  })

  test('tells nothing of another organisation, and is not there for a made-up id', async () => {
    const id = await open()
    await createAlert(createClient(hive.url, 'gil-key'))
    const { _id } = await createAlert(ana)
    expect(await read(id)).toMatchObject([{ base: { objectId: _id } }])
    await ana.want(404, 'GET', '/api/v1/stream/00000000000000000000')
  })
})

describe('the times of a stream', () => {
  const book = new AuditBook()
  const audit = (requestId: string) => {
    const what = { kind: 'alert' as const, id: '~1' }
    book.record({
      ...{ kind: 'audit', id: '~9', revision: 0, createdAt: 1, createdBy: 'ana', organisation: 'acme' },
      ...{ action: 'update', requestId, object: { ...what, name: 'Alert' }, root: what, details: {} },
    })
  }

  test('a read ends empty after a minute, with what came after a short grace, and a stream not read for five minutes is gone', async () => {
    vi.useFakeTimers()
    const streams = createStreams(book, usualTimes)
    const id = streams.open('acme')
    const empty = streams.read(id)
    await vi.advanceTimersByTimeAsync(usualTimes.wait)
    expect(await empty).toEqual([])

    const some = streams.read(id)
    for (let at = 0; at < 30; at++) {
      audit(`request ${at}`)
      await vi.advanceTimersByTimeAsync(usualTimes.grace / 2)
    }
    const heard = (await some)?.length ?? 0
    expect(heard).toBeGreaterThan(1)
    expect(heard).toBeLessThan(30)
    expect(await streams.read(id)).toHaveLength(30 - heard)

    await vi.advanceTimersByTimeAsync(usualTimes.expiry + 1)
    expect(await streams.read(id)).toBeUndefined()
    streams.close()
    vi.useRealTimers()
  })
})

describe('the flow', () => {
  const flow = async (query = ''): Promise<Item[]> =>
    (await ana.get(`/api/v1/flow${query}`)) as unknown as Item[]

  test('shows the latest ten, newest first, or those of one alert or case', async () => {
    const target = await createCase(ana)
    const alert = await createAlert(ana)
    await ana.want(200, 'POST', `/api/v1/alert/${alert._id}/merge/${target._id}`)
    for (let at = 0; at < 10; at++) await createAlert(ana)
    const latest = await flow()
    expect(latest).toHaveLength(10)
    const times = latest.map(({ base }) => Number(base._createdAt))
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(await flow(`?rootId=${alert._id}`)).toMatchObject([
      { base: { action: 'create', objectId: alert._id } },
    ])
    expect((await flow(`?rootId=${target._id}`)).map(({ base }) => base.action)).toEqual(['merge', 'create'])
    expect(await flow('?count=2')).toHaveLength(2)
    expect(hive.violations()).toEqual([])
  })
})

test('TheHive 5 offers no list of audits', async () => {
  await ana.want(400, 'POST', '/api/v1/query', { query: [{ _name: 'listAudit' }] })
})
