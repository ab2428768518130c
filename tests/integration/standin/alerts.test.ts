import { describe, expect, test } from 'vitest'
import { createAlert, createClient, newAlert, useStandIn } from './client.ts'

const hive = await useStandIn()
const ana = createClient(hive.url)

describe('creating an alert', () => {
  test('fills defaults, omits absent keys and has no update stamp', async () => {
    const alert = await createAlert(ana)
    expect(alert).toMatchObject({
      ...{
        _type: 'Alert',
        _createdBy: 'ana@acme.example',
        severity: 2,
        severityLabel: 'MEDIUM',
        tlp: 2,
        pap: 2,
      },
      ...{ status: 'New', stage: 'New', follow: true, observableCount: 0, tags: [], extraData: {} },
    })
    expect(alert._id).toMatch(/^~\d+$/)
    expect(alert).not.toHaveProperty('_updatedAt')
    expect(alert).not.toHaveProperty('caseId')
    expect(Object.values(alert)).not.toContain(null)
  })

  test('refuses the same type, source and reference a second time, and the name form finds the twin', async () => {
    const draft = newAlert()
    const first = await ana.want(201, 'POST', '/api/v1/alert', draft)
    const refused = await ana.want(400, 'POST', '/api/v1/alert', draft)
    expect(refused).toMatchObject({ type: 'CreateError' })
    const name = encodeURIComponent(`${draft.type};${draft.source};${draft.sourceRef}`)
    expect(await ana.get(`/api/v1/alert/${name}`)).toMatchObject({ _id: first._id })
  })

  test('counts its observables at once but stamps the update only afterwards', async () => {
    const alert = await createAlert(ana, {
      observables: [{ dataType: 'ip', data: ['192.0.2.1', '192.0.2.2'] }],
    })
    expect(alert.observableCount).toBe(2)
    expect(alert).not.toHaveProperty('_updatedAt')
    expect(await ana.get(`/api/v1/alert/${alert._id}`)).toHaveProperty('_updatedAt')
  })

  test.each([
    ['a missing title', { title: undefined }],
    ['a type of 33 characters', { type: 'x'.repeat(33) }],
    ['severity 5', { severity: 5 }],
    ['an unknown status', { status: 'Nope' }],
    ['the Imported status', { status: 'Imported' }],
    ['a text date', { date: 'yesterday' }],
  ])('refuses %s with 400 and keeps nothing', async (_, wrong) => {
    const draft = newAlert(wrong)
    const { type, message } = await ana.want(400, 'POST', '/api/v1/alert', draft)
    expect([type, message]).toEqual([expect.any(String), expect.any(String)])
    const found = await ana.query(
      { _name: 'listAlert' },
      { _name: 'filter', _eq: { _field: 'sourceRef', _value: draft.sourceRef } },
    )
    expect(found).toEqual([])
  })

  test('refuses an observable of an unknown type and keeps no alert', async () => {
    const draft = newAlert({
      observables: [
        { dataType: 'ip', data: '192.0.2.1' },
        { dataType: 'nope', data: 'x' },
      ],
    })
    await ana.want(404, 'POST', '/api/v1/alert', draft)
    await ana.want(201, 'POST', '/api/v1/alert', { ...draft, observables: [] })
  })
})

describe('updating an alert', () => {
  test('answers 204, changes the given fields and stamps the change', async () => {
    const { _id, _createdAt } = await createAlert(ana, { tags: ['a', 'b'] })
    expect(
      await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { title: 'Changed', severity: 4 }),
    ).toBeUndefined()
    const after = await ana.get(`/api/v1/alert/${_id}`)
    expect(after).toMatchObject({
      title: 'Changed',
      severityLabel: 'CRITICAL',
      _updatedBy: 'ana@acme.example',
    })
    expect(after._updatedAt).toBeGreaterThanOrEqual(_createdAt as number)
    expect(after.tags).toEqual(['a', 'b'])
  })

  test('adds and removes tags without touching the others', async () => {
    const { _id } = await createAlert(ana, { tags: ['a', 'b'] })
    await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { addTags: ['c', 'a'], removeTags: ['b'] })
    expect((await ana.get(`/api/v1/alert/${_id}`)).tags).toEqual(['a', 'c'])
    await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { tags: ['z'] })
    expect((await ana.get(`/api/v1/alert/${_id}`)).tags).toEqual(['z'])
  })

  test('starting an unassigned alert assigns it and notes when', async () => {
    const { _id } = await createAlert(ana)
    await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { status: 'InProgress' })
    const after = await ana.get(`/api/v1/alert/${_id}`)
    expect(after).toMatchObject({
      assignee: 'ana@acme.example',
      stage: 'InProgress',
      inProgressDate: expect.any(Number),
    })
    await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { assignee: null })
    expect(await ana.get(`/api/v1/alert/${_id}`)).not.toHaveProperty('assignee')
  })

  test('a closed alert keeps its first closing date when it is reopened and closed again', async () => {
    const { _id } = await createAlert(ana)
    await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { status: 'Ignored' })
    const closed = await ana.get(`/api/v1/alert/${_id}`)
    for (const status of ['New', 'FalsePositive'])
      await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { status })
    expect((await ana.get(`/api/v1/alert/${_id}`)).closedDate).toBe(closed.closedDate)
  })

  test('nobody can choose the Imported status, nor move an imported alert by hand', async () => {
    const { _id } = await createAlert(ana)
    await ana.want(400, 'PATCH', `/api/v1/alert/${_id}`, { status: 'Imported' })
    await ana.want(201, 'POST', `/api/v1/alert/${_id}/case`, {})
    await ana.want(400, 'PATCH', `/api/v1/alert/${_id}`, { status: 'Ignored' })
  })

  test('custom fields: the list form replaces the set, the object form sets by name', async () => {
    const { _id } = await createAlert(ana, { customFields: { 'risk-score': 5, contained: true } })
    await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, { customFields: { 'risk-score': 9 } })
    const values = async () =>
      ((await ana.get(`/api/v1/alert/${_id}`)).customFields as { name: string; value: unknown }[]).map(
        (each) => [each.name, each.value],
      )
    expect(await values()).toEqual([
      ['risk-score', 9],
      ['contained', true],
    ])
    await ana.want(204, 'PATCH', `/api/v1/alert/${_id}`, {
      customFields: [{ name: 'contained', value: false }],
    })
    expect(await values()).toEqual([['contained', false]])
    await ana.want(404, 'PATCH', `/api/v1/alert/${_id}`, { customFields: { nowhere: 1 } })
    await ana.want(400, 'PATCH', `/api/v1/alert/${_id}`, { customFields: { 'risk-score': 'high' } })
  })

  test('changing the reference changes the name form and cannot take a twin’s place', async () => {
    const [one, two] = [await createAlert(ana), await createAlert(ana)]
    await ana.want(400, 'PATCH', `/api/v1/alert/${one._id}`, { sourceRef: two.sourceRef })
    await ana.want(204, 'PATCH', `/api/v1/alert/${one._id}`, { sourceRef: 'moved' })
    expect(await ana.get(`/api/v1/alert/${encodeURIComponent('test;suite;moved')}`)).toMatchObject({
      _id: one._id,
    })
    await ana.want(404, 'GET', `/api/v1/alert/${encodeURIComponent(`test;suite;${one.sourceRef}`)}`)
  })

  test('a bulk update with one unknown id changes nothing', async () => {
    const { _id } = await createAlert(ana)
    await ana.want(404, 'PATCH', '/api/v1/alert/_bulk', { ids: [_id, '~1'], title: 'Changed' })
    expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({ title: 'An alert' })
  })

  test('follow and unfollow answer 204 and show', async () => {
    const { _id } = await createAlert(ana)
    await ana.want(204, 'POST', `/api/v1/alert/${_id}/unfollow`)
    expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({
      follow: false,
      _updatedBy: 'ana@acme.example',
    })
    await ana.want(204, 'POST', `/api/v1/alert/${_id}/follow`)
    expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({ follow: true })
  })
})

describe('deleting alerts', () => {
  test('takes the observables along and frees the reference', async () => {
    const draft = newAlert({ observables: [{ dataType: 'ip', data: '192.0.2.9' }] })
    const { _id } = await ana.want(201, 'POST', '/api/v1/alert', draft)
    const [observable] = await ana.query({ _name: 'getAlert', idOrName: _id }, { _name: 'observables' })
    await ana.want(204, 'DELETE', `/api/v1/alert/${_id}`)
    await ana.want(404, 'GET', `/api/v1/alert/${_id}`)
    await ana.want(404, 'GET', `/api/v1/observable/${observable?._id}`)
    await ana.want(201, 'POST', '/api/v1/alert', draft)
  })

  test('a bulk delete with one unknown id deletes nothing', async () => {
    const { _id } = await createAlert(ana)
    await ana.want(404, 'POST', '/api/v1/alert/delete/_bulk', { ids: [_id, '~1'] })
    await ana.get(`/api/v1/alert/${_id}`)
  })
})

describe('comments and procedures', () => {
  test('a comment has stamps without underscores and does not stamp its alert', async () => {
    const { _id } = await createAlert(ana)
    const comment = await ana.want(201, 'POST', `/api/v1/alert/${_id}/comment`, { message: 'Hello' })
    expect(comment).toMatchObject({
      _type: 'Comment',
      createdBy: 'ana@acme.example',
      message: 'Hello',
      isEdited: false,
    })
    expect(await ana.get(`/api/v1/alert/${_id}`)).not.toHaveProperty('_updatedAt')
    await ana.want(204, 'PATCH', `/api/v1/comment/${comment._id}`, { message: 'Edited' })
    expect(await ana.query({ _name: 'getAlert', idOrName: _id }, { _name: 'comments' })).toMatchObject([
      { message: 'Edited', isEdited: true },
    ])
    await createClient(hive.url, 'ben-key').want(403, 'DELETE', `/api/v1/comment/${comment._id}`)
    await ana.want(204, 'DELETE', `/api/v1/comment/${comment._id}`)
    expect(await ana.query({ _name: 'getComment', idOrName: comment._id })).toEqual([])
  })

  test('a technique with one tactic needs none, one with several does', async () => {
    const { _id } = await createAlert(ana)
    const made = await ana.want(201, 'POST', `/api/v1/alert/${_id}/procedure`, {
      patternId: 'T1566',
      occurDate: 1,
    })
    expect(made).toMatchObject({
      patternName: 'Phishing',
      tactic: 'initial-access',
      tacticLabel: 'Initial Access',
    })
    await ana.want(400, 'POST', `/api/v1/alert/${_id}/procedure`, { patternId: 'T1078', occurDate: 1 })
    await ana.want(204, 'DELETE', `/api/v1/procedure/${made._id}`)
    expect(await ana.query({ _name: 'getAlert', idOrName: _id }, { _name: 'procedures' })).toEqual([])
  })
})
