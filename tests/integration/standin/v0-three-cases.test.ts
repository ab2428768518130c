import { describe, expect, test } from 'vitest'
import { useStandIn, type Json } from './client.ts'
import { createOlderAlert, createOlderCase, createOlderClient } from './v0-client.ts'

const hive = await useStandIn({ flavour: 'thehive3' })
const client = createOlderClient(hive.url)
const admin = createOlderClient(hive.url, 'boss-key')

const update = (id: unknown, body: Json) => client.want(200, 'PATCH', `/case/${id}`, body)

describe('cases', () => {
  test('are made with a number, a template and lower-case owners', async () => {
    const made = await createOlderCase(client, { template: 'malware', owner: 'Ben@acme.example', flag: true })
    expect(made).toMatchObject({
      ...{ _type: 'case', caseId: expect.any(Number), title: '[MAL] A case', owner: 'ben@acme.example' },
      ...{ flag: true, status: 'Open', severity: 3, metrics: {}, customFields: {} },
    })
    expect(await client.get(`/case/${made._id}`)).toEqual(made)
    expect((await client.get(`/case/${made._id}?nstats=true`)).stats).toMatchObject({
      tasks: { Waiting: 5, total: 5 },
      artifacts: { count: 0 },
    })
    await client.want(404, 'GET', `/case/${made.caseId}`)
  })

  test('close with an end, without a flag, their tasks ended; reopening takes the end away', async () => {
    const { _id } = await createOlderCase(client, { template: 'phishing', flag: true })
    const closing = {
      status: 'Resolved',
      resolutionStatus: 'TruePositive',
      impactStatus: 'NoImpact',
      summary: 's',
    }
    expect(await update(_id, closing)).toMatchObject({ ...closing, flag: false, endDate: expect.any(Number) })
    const tasks = await client.search('case/task', { _parent: { _type: 'case', _id } })
    expect(tasks.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'Cancel'))
    const open = await update(_id, { status: 'Open' })
    expect(open).toMatchObject({ status: 'Open' })
    expect(open).not.toHaveProperty('endDate')
  })

  test('an end that is given stands, and the flag with it', async () => {
    const { _id } = await createOlderCase(client, { flag: true })
    expect(await update(_id, { status: 'Resolved', endDate: 77 })).toMatchObject({ endDate: 77, flag: true })
  })

  test('refuse unknown attributes and values', async () => {
    const { _id } = await createOlderCase(client)
    for (const [wrong, type] of [
      [{ assignee: 'x' }, 'UnknownAttributeError'],
      [{ resolutionStatus: 'Nope' }, 'InvalidFormatAttributeError'],
      [{ caseId: 3 }, 'UpdateReadOnlyAttributeError'],
    ] as const) {
      expect(await client.want(400, 'PATCH', `/case/${_id}`, wrong)).toMatchObject({ errors: [{ type }] })
    }
  })

  test('in bulk each for itself', async () => {
    const { _id } = await createOlderCase(client)
    expect(await client.want(207, 'PATCH', '/case/_bulk', { ids: [_id, 'x'], severity: 4 })).toMatchObject({
      success: [{ _id, severity: 4 }],
      failure: [{ type: 'NotFoundError', message: 'case x not found' }],
    })
  })

  test('are marked as deleted, and by force are gone and let their alerts go', async () => {
    const { _id: read } = await createOlderAlert(client)
    const target = await client.want(201, 'POST', `/alert/${read}/createCase`)
    const { _id: unread } = await createOlderAlert(client)
    await client.want(201, 'POST', `/alert/${unread}/merge/${target._id}`)
    await client.post(`/alert/${unread}/markAsUnread`)
    await client.want(403, 'DELETE', `/case/${target._id}`)
    await admin.want(204, 'DELETE', `/case/${target._id}`)
    expect(await client.get(`/case/${target._id}`)).toMatchObject({ status: 'Deleted' })
    await admin.want(204, 'DELETE', `/case/${target._id}/force`)
    await client.want(404, 'GET', `/case/${target._id}`)
    const [first, second] = [await client.get(`/alert/${read}`), await client.get(`/alert/${unread}`)]
    expect([first.status, second.status, first.case, second.case]).toEqual([
      'Ignored',
      'New',
      undefined,
      undefined,
    ])
  })
})

describe('artifacts of cases', () => {
  const ip = { dataType: 'ip', message: 'seen' }

  test('one is answered as an object, several as a list; blanks around are cut', async () => {
    const { _id } = await createOlderCase(client)
    const one = await client.want(201, 'POST', `/case/${_id}/artifact`, { ...ip, data: ' 192.0.2.1 ' })
    expect(one).toMatchObject({
      ...{ _type: 'case_artifact', _parent: _id, data: '192.0.2.1', dataType: 'ip', message: 'seen' },
      ...{
        tlp: 2,
        tags: [],
        ioc: false,
        sighted: false,
        status: 'Ok',
        reports: {},
        startDate: expect.any(Number),
      },
    })
    const many = { ...ip, data: ['192.0.2.1', '192.0.2.2'] }
    expect(await client.want(207, 'POST', `/case/${_id}/artifact`, many)).toMatchObject({
      success: [{ data: '192.0.2.2' }],
      failure: [{ type: 'ConflictError', message: 'Artifact already exists' }],
    })
    expect(await client.want(400, 'POST', `/case/${_id}/artifact`, many)).toHaveLength(2)
    const again = await client.want(400, 'POST', `/case/${_id}/artifact`, { ...ip, data: '192.0.2.1' })
    expect(again).toMatchObject({ type: 'ConflictError', object: { data: '192.0.2.1' } })
  })

  test.each([
    [{ dataType: 'ip', data: '192.0.2.1' }],
    [{ dataType: 'ip', message: 'x' }],
    [{ dataType: 'unheard', data: 'x', message: 'x' }],
  ])('%j is refused', async (body) => {
    const { _id } = await createOlderCase(client)
    expect(await client.want(400, 'POST', `/case/${_id}/artifact`, body)).toMatchObject({
      type: 'BadRequest',
    })
  })

  test('a file comes in a form', async () => {
    const { _id } = await createOlderCase(client)
    const form = new FormData()
    form.set('_json', JSON.stringify({ dataType: 'file', message: 'note', tags: ['t'] }))
    form.set('attachment', new Blob(['hello'], { type: 'text/plain' }), 'a.txt')
    const added = await client.want(201, 'POST', `/case/${_id}/artifact`, form)
    expect(added).toMatchObject({
      attachment: { name: 'a.txt', size: 5, contentType: 'text/plain' },
      tags: ['t'],
    })
  })

  test('change, vanish from nowhere, and come back when added again', async () => {
    const { _id } = await createOlderCase(client)
    const { _id: id } = await client.want(201, 'POST', `/case/${_id}/artifact`, { ...ip, data: '192.0.2.1' })
    const change = { ioc: true, tags: ['a'], message: 'other', tlp: 3, sighted: true }
    expect(await client.want(200, 'PATCH', `/case/artifact/${id}`, change)).toMatchObject(change)
    await client.want(400, 'PATCH', `/case/artifact/${id}`, { data: 'other' })
    await client.want(204, 'DELETE', `/case/artifact/${id}`)
    expect(await client.search('case/artifact', { _id: id })).toMatchObject([{ status: 'Deleted' }])
    expect(await client.search('case/artifact', { _and: [{ _id: id }, { status: 'Ok' }] })).toEqual([])
    expect(
      await client.want(201, 'POST', `/case/${_id}/artifact`, { ...ip, data: '192.0.2.1' }),
    ).toMatchObject({
      ...{ _id: id, status: 'Ok', message: 'seen' },
    })
  })

  test('in bulk, and their likes in other cases', async () => {
    const data = '203.0.113.5'
    const [first, second] = [await createOlderCase(client), await createOlderCase(client)]
    const one = await client.want(201, 'POST', `/case/${first._id}/artifact`, { ...ip, data })
    const two = await client.want(201, 'POST', `/case/${second._id}/artifact`, { ...ip, data })
    const body = { ids: [one._id, two._id], ioc: true }
    expect(await client.want(200, 'PATCH', '/case/artifact/_bulk', body)).toMatchObject([
      { ioc: true },
      { ioc: true },
    ])
    expect(await client.get(`/case/artifact/${one._id}/similar`)).toMatchObject([{ _id: two._id }])
    expect(await client.search('case/artifact', { _id: one._id }, { nparent: 1 })).toMatchObject([
      { case: { _id: first._id, _type: 'case' } },
    ])
  })
})
