import { describe, expect, it } from 'vitest'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { readAlertPage, readObservablePage } from '#main/thehive/v1/page-reader.ts'
import { newest, signal } from './harness.ts'
import { oddServers, wireAlert, wireCase, wireObservable } from './odd-server.ts'

const { connect } = oddServers()
const stamps = { _createdAt: 1, _createdBy: 'ana' }
const context = { version: '5.6.2', host: 'h' }

const comment = { _id: '~c', message: 'm', createdAt: 1, createdBy: 'ana', isEdited: false }
const procedure = { _id: '~p', ...stamps, patternId: 'T1566', occurDate: 1 }
const attachment = {
  _id: '~a',
  ...stamps,
  name: 'n',
  size: 1,
  contentType: 'text/plain',
  hashes: [],
  id: 'x',
}
const task = { _id: '~t', ...stamps, title: 't', status: 'Waiting', order: 0, mandatory: false }

/** What each plain list is made of, and how it is asked for. */
const lists: [string, object, (server: TheHiveServer) => Promise<unknown[]>][] = [
  ['observables', wireObservable('a.example'), (server) => server.observables('~1', signal)],
  ['comments', comment, (server) => server.comments('~1', signal)],
  ['procedures', procedure, (server) => server.procedures('~1', signal)],
  ['attachments', attachment, (server) => server.attachments('~1', signal)],
  ['cases', wireCase, (server) => server.cases({ limit: 10 }, signal)],
  ['tasks', task, (server) => server.tasks('~7', signal)],
  [
    'similar cases',
    { ...wireCase, similarObservableCount: 1 },
    (server) => server.similarCases('~1', signal),
  ],
  [
    'similar alerts',
    { ...wireAlert, similarObservableCount: 1 },
    (server) => server.similarAlerts('~1', signal),
  ],
]

/** Rows no list may fall over: not even objects, or objects without anything. */
const bad = [null, 7, 'text', [], {}, { _id: 5 }]

describe('a row that cannot be read', () => {
  it.each(lists)('does not stop a list of %s; it is left out and told', async (_, good, ask) => {
    const told: { what: string; reason: string }[] = []
    const { server } = await connect(
      { 'POST /api/v1/query': () => ({ body: [...bad, good, ...bad] }) },
      { leftOut: (row) => told.push(row) },
    )
    expect(await ask(server)).toHaveLength(1)
    expect(told).toHaveLength(2 * bad.length)
    told.forEach(({ reason }) => expect(reason).toMatch(/should be/))
  })

  it('does not stop the catalogue', async () => {
    const { server } = await connect({
      'POST /api/v1/query': (body) => ({
        body: [...bad, ...(body.includes('listAlertStatus') ? [{ value: 'New', stage: 'New' }] : [])],
      }),
      'GET /api/v1/customField': () => ({ body: [...bad, { name: 'score', type: 'integer' }] }),
    })
    expect(await server.catalog(signal)).toMatchObject({
      alertStatuses: [{ value: 'New' }],
      customFields: [{ name: 'score' }],
      users: [],
    })
  })

  it('does not stop a page of alerts or of observables', () => {
    const request = { ...newest, limit: 50 }
    const bytes = (rows: unknown[]) => Buffer.from(JSON.stringify(rows))
    const alerts = readAlertPage(bytes([...bad, wireAlert]), request, context)
    expect(alerts.items).toHaveLength(1)
    expect(alerts.setAside).toHaveLength(bad.length)
    const links = { extraData: { links: { alert: { _id: '~1' } } } }
    const linked = [wireObservable('ok.example'), { _id: '~bad', tlp: 99 }].map((row) => ({
      ...row,
      ...links,
    }))
    const observables = readObservablePage(bytes(linked), request, context)
    expect(observables.items).toHaveLength(1)
    expect(observables.setAside).toMatchObject([{ id: '~bad' }])
  })

  it.each([
    ['a stamp of 1.5', { _createdAt: 1.5 }],
    ['a stamp no calendar has', { _createdAt: 1e300 }],
    ['a stamp as text', { _createdAt: '1' }],
    ['half an observable', { observableCount: 0.5 }],
    ['no id', { _id: '' }],
    ['an id that could be taken for one of ours', { _id: 'local:0' }],
    ['a list for a title', { title: ['x'] }],
    ['numbers among its tags', { tags: ['a', 7] }],
    ['custom fields that are none', { customFields: { score: 7 } }],
  ])('for %s is set aside, and the next page is found all the same', (_, wrong) => {
    const request = { ...newest, limit: 3 }
    const rows = [3, 2, 1].map((at) => ({ ...wireAlert, _id: `~${at}`, _createdAt: at }))
    const broken = rows.map((row, at) => (at === 1 ? { ...row, ...wrong } : row))
    const { items, setAside, next } = readAlertPage(Buffer.from(JSON.stringify(broken)), request, context)
    expect(items.map(({ id }) => id)).toEqual(['~3', '~1'])
    expect(setAside).toHaveLength(1)
    expect(next).toEqual({ stamp: 1, skip: 1 })
  })

  it('stops a sweep of ids: what it hides would seem to be gone', async () => {
    const { server } = await connect({
      'POST /api/v1/query': () => ({ body: [{ ...stamps, _id: '~1' }, stamps] }),
    })
    await expect(server.alertIdPage({ cursor: undefined, limit: 10 }, signal)).rejects.toMatchObject({
      kind: 'unexpected-shape',
    })
  })

  it('in the answer to a write is an error: the write did take hold', async () => {
    const { server } = await connect({
      'POST /api/v1/alert/~1/comment': () => ({ status: 201, body: { _id: 5 } }),
    })
    await expect(server.addComment('~1', 'm', signal)).rejects.toMatchObject({
      kind: 'unexpected-shape',
      details: { sent: true },
    })
  })

  it('is never a whole list that is none', async () => {
    const { server } = await connect({ 'POST /api/v1/query': () => ({ body: { rows: [] } }) })
    await expect(server.observables('~1', signal)).rejects.toMatchObject({ kind: 'unexpected-shape' })
  })
})
