import { describe, expect, it } from 'vitest'
import { openSession } from '#main/thehive/session.ts'
import { canDo } from '#shared/model/session.ts'
import { freshInput, signal } from './harness.ts'
import { noInline } from './inputs.ts'
import { oddServers, wireAlert, wireCase, wireObservable } from './odd-server.ts'

const { start, connect } = oddServers()
const marks = { tlp: 'amber' as const, pap: 'amber' as const, tags: [], ioc: false, sighted: false }

describe('a server that refuses several values as a whole', () => {
  const refusal = { status: 400, body: { type: 'CreateError', message: 'Observable already exists' } }
  const values = ['one.example', 'two.example'].map((data) => ({ dataType: 'domain', data }))

  it('is asked which of them it has: only those count as there', async () => {
    const { server } = await connect({
      'POST /api/v1/alert/~1/observable': () => refusal,
      'POST /api/v1/query': () => ({ body: [wireObservable('two.example')] }),
    })
    const { added, failed } = await server.addValues('~1', { values, marks }, signal)
    expect(added).toEqual([])
    expect(failed.map(({ data, alreadyThere }) => [data, alreadyThere])).toEqual([
      ['one.example', false],
      ['two.example', true],
    ])
  })

  it('with one value means that one', async () => {
    const { server } = await connect({ 'POST /api/v1/alert/~1/observable': () => refusal })
    const one = { values: values.slice(0, 1), marks }
    expect((await server.addValues('~1', one, signal)).failed).toMatchObject([{ alreadyThere: true }])
  })
})

describe('a duplicate alert', () => {
  it('is recognised by its twin even when the server only says "bad request"', async () => {
    const { server } = await connect({
      'POST /api/v1/alert': () => ({ status: 400, body: { type: 'BadRequest', message: 'no' } }),
      'GET /api/v1/alert/t%3Bs%3Br': () => ({ body: wireAlert }),
    })
    const given = freshInput({ type: 't', source: 's', sourceRef: 'r' })
    await expect(server.createAlert(given, noInline, signal)).rejects.toMatchObject({
      kind: 'conflict',
      details: { twinId: '~1' },
    })
    await expect(
      server.createAlert({ ...given, sourceRef: 'other' }, noInline, signal),
    ).rejects.toMatchObject({
      kind: 'rejected',
    })
  })
})

describe('a server before 5.1, which knows no addTags', () => {
  const patched = { status: 204 }
  const sent = (noted: { body: string }[]): unknown => JSON.parse(noted.at(-1)?.body ?? '')

  it('gets the whole list of tags, for alerts, observables and cases', async () => {
    const { server, noted } = await connect(
      {
        'GET /api/v1/alert/~1': () => ({ body: wireAlert }),
        'GET /api/v1/observable/~2': () => ({ body: { ...wireObservable('x'), tags: ['a'] } }),
        'GET /api/v1/case/~7': () => ({ body: { ...wireCase, tags: ['a', 'c'] } }),
        'PATCH /api/v1/alert/~1': () => patched,
        'PATCH /api/v1/observable/~2': () => patched,
        'PATCH /api/v1/case/~7': () => patched,
      },
      { version: '5.0.12' },
    )
    const edits = { addTags: ['c'], removeTags: ['a'] }
    await server.updateAlert('~1', { ...edits, tlp: 'red' }, signal)
    expect(sent(noted)).toEqual({ tags: ['b', 'c'], tlp: 3 })
    await server.updateObservable({ alertId: '~1', id: '~2' }, edits, signal)
    expect(sent(noted)).toEqual({ tags: ['c'] })
    await server.updateCase('~7', edits, signal)
    expect(sent(noted)).toEqual({ tags: ['c'] })
    await server.updateAlerts(['~1'], edits, signal)
    expect(noted.at(-1)).toMatchObject({ key: 'PATCH /api/v1/alert/~1' })
  })

  it('is asked for no more than it has', async () => {
    const { server, noted } = await connect({}, { version: '5.0.0' })
    const { capabilities } = server.session
    expect(canDo(capabilities, 'createAlert')).toBe(true)
    expect(canDo(capabilities, 'assignee')).toContain('5.2')
    expect(canDo(capabilities, 'createWithObservables')).toContain('5.0.1')
    expect(canDo(capabilities, 'promoteOverrides')).toContain('5.0.18')
    expect(capabilities).toMatchObject({ tlps: ['clear', 'green', 'amber', 'red'] })
    const inline = { values: [{ value: { dataType: 'ip', data: '192.0.2.1' }, marks }], files: [] }
    const refused = { kind: 'rejected', details: { sent: false } }
    await expect(server.createAlert(freshInput(), inline, signal)).rejects.toMatchObject(refused)
    await expect(server.promote('~1', { title: 'x' }, signal)).rejects.toMatchObject(refused)
    expect(noted).toEqual([])
  })

  it('gets custom fields under the name it knows, as a list', async () => {
    const { server, noted } = await connect(
      { 'POST /api/v1/alert': () => ({ status: 201, body: wireAlert }) },
      { version: '5.0.0' },
    )
    const customFields = [{ name: 'score', type: 'integer', value: 7, order: 1 }]
    await server.createAlert(freshInput({ customFields }), noInline, signal)
    expect(sent(noted)).toMatchObject({ customFieldValue: [{ name: 'score', value: 7, order: 1 }] })
    expect(sent(noted)).not.toHaveProperty('customFields')
  })
})

describe('what is similar', () => {
  it('is asked for in steps that nothing follows', async () => {
    const { server, noted } = await connect({ 'POST /api/v1/query': () => ({ body: [] }) })
    await server.similarCases('~1', signal)
    await server.similarAlerts('~1', signal)
    const steps = noted.map(({ body }) => (JSON.parse(body) as { query: { _name: string }[] }).query)
    expect(steps.map((each) => each.map(({ _name }) => _name))).toEqual([
      ['getAlert', 'similarCasesLight'],
      ['getAlert', 'similarAlertsLight'],
    ])
  })

  it('comes most shared first, and no more than anybody looks through', async () => {
    const row = (_: unknown, shared: number) => ({ ...wireCase, similarObservableCount: shared })
    const { server } = await connect({
      'POST /api/v1/query': () => ({ body: Array.from({ length: 250 }, row) }),
    })
    const found = await server.similarCases('~1', signal)
    expect(found).toHaveLength(200)
    expect(found[0]).toMatchObject({ case: { id: '~7' }, similarObservables: 249 })
    expect(found.at(-1)?.similarObservables).toBe(50)
  })
})

describe('a server that knows only the older steps for what is similar', () => {
  it('is asked by those, once the newer are refused', async () => {
    const { server } = await connect({
      'POST /api/v1/query': (body) =>
        body.includes('Light')
          ? { status: 400, body: { type: 'AttributeCheckingError', message: 'unknown operation' } }
          : { body: [{ case: wireCase, similarObservableCount: 2, similarIocCount: 1 }] },
    })
    expect(await server.similarCases('~1', signal)).toMatchObject([
      { case: { id: '~7' }, similarObservables: 2, similarIocs: 1 },
    ])
  })
})

describe('a server that keeps its audits where a query does not reach them', () => {
  it('tells no history, and that is no error', async () => {
    const refusal = { type: 'BadRequest', message: 'Audit storage is not queryable' }
    const { server } = await connect({ 'POST /api/v1/query': () => ({ status: 400, body: refusal }) })
    expect(await server.alertHistory('~1', signal)).toBeUndefined()
  })
})

describe('the history of an alert', () => {
  const audit = (n: number, rest: object = {}) => ({
    ...{
      _id: `~a${n}`,
      _type: 'Audit',
      _createdBy: 'ben',
      _createdAt: n,
      action: 'update',
      details: { tlp: 3 },
    },
    ...{ requestId: 'r', rootId: '~1', objectId: '~1', objectType: 'Alert', mainAction: true },
    ...rest,
  })

  it('comes newest first, no more than anybody looks through, without what Forager has no word for', async () => {
    const rows = [audit(0, { action: 'invoke' }), ...Array.from({ length: 250 }, (_, n) => audit(n + 1)), 7]
    const { server, noted } = await connect({ 'POST /api/v1/query': () => ({ body: rows }) })
    const found = (await server.alertHistory('~1', signal)) ?? []
    expect(found).toHaveLength(200)
    expect([found[0], found.at(-1)?.at]).toEqual([
      {
        ...{ id: '~a250', action: 'update', objectType: 'Alert', objectId: '~1', by: 'ben', at: 250 },
        details: { tlp: 3 },
      },
      51,
    ])
    expect(JSON.parse(noted[0]?.body ?? '')).toEqual({
      query: [{ _name: 'listAuditFromObject', id: '~1' }],
      excludeFields: ['object', 'context'],
    })
  })
})

describe('a server without an ATT&CK catalogue', () => {
  it('still brings everything else it knows', async () => {
    const { server } = await connect({
      'POST /api/v1/query': (body) =>
        body.includes('listPattern')
          ? {
              status: 400,
              body: { type: 'AttributeCheckingError', message: 'unknown operation listPattern' },
            }
          : { body: [] },
      'GET /api/v1/customField': () => ({ body: [{ name: 'score', type: 'integer' }] }),
    })
    expect(await server.catalog(signal)).toMatchObject({ techniques: [], customFields: [{ name: 'score' }] })
  })
})

describe('a connection', () => {
  it('says why nothing can be written when the licence is not valid', async () => {
    const { server } = await connect({
      'GET /api/v1/status': () => ({ body: { license: { isValid: false, error: 'trial over' } } }),
    })
    expect(server.session.capabilities.readOnlyReason).toContain('trial over')
  })

  it('to another organisation than asked for is refused, naming those there are', async () => {
    await expect(connect({}, { organisation: 'globex' })).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('globex'),
      next: expect.stringContaining('acme'),
    })
  })

  it('never shows a key the server repeats', async () => {
    const { url } = await start({
      'GET /': (_, { headers }) => ({
        status: 400,
        body: { type: 'BadRequest', message: headers.authorization },
      }),
    })
    const session = openSession({ url, apiKey: 'sekret-1234' })
    const failure = await session
      .send({ method: 'GET', path: '/' }, signal)
      .catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ kind: 'rejected', details: { serverMessage: 'Bearer •••' } })
    await session.close()
  })
})
