import { describe, expect, test } from 'vitest'
import { createAlert, createCase, createClient, formOf, useStandIn, type Json } from './client.ts'

const hive = await useStandIn({ validate: true })
const ana = createClient(hive.url)

const below = (record: Json, step: string) =>
  ana.query({ _name: 'getCase', idOrName: record._id }, { _name: step })

describe('changing cases', () => {
  test('is found by number, changed in bulk, and all or nothing', async () => {
    const [one, two] = [await createCase(ana), await createCase(ana)]
    await ana.want(204, 'PATCH', `/api/v1/case/${one.number}`, { summary: 'So far nothing', addTags: ['a'] })
    await ana.want(204, 'PATCH', '/api/v1/case/_bulk', { ids: [one._id, two._id], severity: 4, flag: true })
    expect(await ana.get(`/api/v1/case/${one._id}`)).toMatchObject({ severity: 4, summary: 'So far nothing' })
    await ana.want(404, 'PATCH', '/api/v1/case/_bulk', { ids: [one._id, '~1'], title: 'Changed' })
    expect(await ana.get(`/api/v1/case/${one._id}`)).toMatchObject({ title: 'A case', tags: ['a'] })
    expect(hive.violations()).toEqual([])
  })

  test('null clears summary, assignee and impact', async () => {
    const { _id } = await createCase(ana, { summary: 'x', assignee: 'ben@acme.example' })
    await ana.want(204, 'PATCH', `/api/v1/case/${_id}`, { summary: null, assignee: null, impactStatus: null })
    const cleared = await ana.get(`/api/v1/case/${_id}`)
    for (const key of ['summary', 'assignee', 'impactStatus']) expect(cleared).not.toHaveProperty(key)
  })

  test('closing dates it and tells how long it took', async () => {
    const { _id } = await createCase(ana, { startDate: 1 })
    await ana.want(204, 'PATCH', `/api/v1/case/${_id}`, { status: 'InProgress' })
    await ana.want(204, 'PATCH', `/api/v1/case/${_id}`, { status: 'TruePositive', impactStatus: 'NoImpact' })
    const closed = await ana.get(`/api/v1/case/${_id}`)
    expect(closed).toMatchObject({ stage: 'Closed', impactStatus: 'NoImpact', endDate: expect.any(Number) })
    expect(closed.handlingDuration).toBe(Number(closed.endDate) - 1)
    expect(closed.timeToResolve).toBe(Number(closed.endDate) - Number(closed.inProgressDate))
  })

  test('a mandatory field without a value keeps it open', async () => {
    const admin = createClient(hive.url, 'admin-key')
    const name = `closing-${Date.now()}`
    const field = { name, group: 'default', description: '', type: 'string', mandatory: true }
    await admin.want(201, 'POST', '/api/v1/customField', field)
    const { _id } = await createCase(ana, { customFields: [{ name, value: '' }] })
    await ana.want(400, 'PATCH', `/api/v1/case/${_id}`, { status: 'Other' })
    await ana.want(204, 'PATCH', `/api/v1/case/${_id}`, { customFields: [{ name, value: 'done' }] })
    await ana.want(204, 'PATCH', `/api/v1/case/${_id}`, { status: 'Other' })
  })

  test('deleting takes what it holds along', async () => {
    const target = await createCase(ana, { caseTemplate: 'phishing' })
    const [task] = await below(target, 'tasks')
    const comment = await ana.want(201, 'POST', `/api/v1/case/${target._id}/comment`, { message: 'x' })
    await ana.want(204, 'DELETE', `/api/v1/case/${target._id}`)
    await ana.want(404, 'GET', `/api/v1/case/${target._id}`)
    await ana.want(404, 'GET', `/api/v1/task/${task?._id}`)
    expect(await ana.query({ _name: 'getComment', idOrName: comment._id })).toEqual([])
    expect(hive.effects()).toMatchObject({ [`delete case ${target._id}`]: 1 })
  })
})

describe('merging cases', () => {
  test('makes one of several, with everything they held, and deletes them', async () => {
    const one = await createCase(ana, { title: 'First', tags: ['a'], caseTemplate: 'generic', tlp: 1 })
    const two = await createCase(ana, { title: 'Second', tags: ['b'], severity: 4, startDate: 5 })
    const alert = await createAlert(ana, { observables: [{ dataType: 'ip', data: '192.0.2.1' }] })
    await ana.want(200, 'POST', `/api/v1/alert/${alert._id}/merge/${two._id}`)
    await ana.want(201, 'POST', `/api/v1/case/${one._id}/observable`, { dataType: 'ip', data: '192.0.2.1' })
    await ana.want(201, 'POST', `/api/v1/case/${one._id}/comment`, { message: 'Look here' })

    const merged = await ana.want(201, 'POST', `/api/v1/case/_merge/${one._id},${two._id}`)
    expect(merged).toMatchObject({ title: 'First / Second', severity: 4, tlp: 2, startDate: 5 })
    expect(merged.tags).toEqual(expect.arrayContaining(['a', 'b']))
    expect(await below(merged, 'observables')).toMatchObject([{ data: '192.0.2.1' }])
    expect(await below(merged, 'comments')).toMatchObject([{ message: 'Look here' }])
    expect(await below(merged, 'tasks')).toHaveLength(3)
    expect(await below(merged, 'alerts')).toMatchObject([{ _id: alert._id, caseId: merged._id }])
    for (const { _id } of [one, two]) await ana.want(404, 'GET', `/api/v1/case/${_id}`)
    expect(hive.violations()).toEqual([])
  })

  test('needs two that are there', async () => {
    const { _id } = await createCase(ana)
    await ana.want(400, 'POST', `/api/v1/case/_merge/${_id},${_id}`)
    await ana.want(404, 'POST', `/api/v1/case/_merge/${_id},~1`)
    await ana.get(`/api/v1/case/${_id}`)
  })

  test('equal observables of one case become one', async () => {
    const target = await createCase(ana)
    const path = `/api/v1/case/${target._id}`
    await ana.want(201, 'POST', `${path}/observable`, { dataType: 'ip', data: '192.0.2.1' })
    await ana.want(201, 'POST', `${path}/observable`, {
      dataType: 'domain',
      data: 'example.com',
      tags: ['x'],
    })
    expect(await ana.want(200, 'POST', `${path}/observable/_merge`)).toEqual({
      untouched: 2,
      updated: 0,
      deleted: 0,
    })
  })
})

describe('templates, tasks and pages', () => {
  test('a template applied later gives what is asked for', async () => {
    const target = await createCase(ana, { title: 'Late', severity: 1 })
    const choice = { ids: [target._id], caseTemplate: 'malware', updateTitlePrefix: true, updateTags: true }
    const importTasks = ['Isolate the endpoint']
    await ana.want(204, 'POST', '/api/v1/case/_bulk/caseTemplate', { ...choice, importTasks })
    expect(await ana.get(`/api/v1/case/${target._id}`)).toMatchObject({
      title: '[MAL] Late',
      severity: 1,
      tags: ['malware', 'playbook:endpoint'],
    })
    expect(await below(target, 'tasks')).toMatchObject([{ title: 'Isolate the endpoint', status: 'Waiting' }])
  })

  test('tasks come from the template, are started, logged, finished and deleted', async () => {
    const target = await createCase(ana, { caseTemplate: 'generic', tasks: [{ title: 'One more' }] })
    const tasks = await below(target, 'tasks')
    expect(tasks.map(({ title, order }) => [title, order])).toEqual([
      ['Triage', 0],
      ['Investigate', 1],
      ['Close', 2],
      ['One more', 3],
    ])
    const path = `/api/v1/task/${tasks[0]?._id}`
    const log = await ana.want(
      201,
      'POST',
      `${path}/log`,
      formOf({ message: 'Begun' }, [['attachments', 'x', 'x.txt']]),
    )
    expect(log).toMatchObject({
      message: 'Begun',
      owner: 'ana@acme.example',
      attachments: [{ name: 'x.txt' }],
    })
    expect(await ana.get(path)).toMatchObject({ status: 'InProgress', assignee: 'ana@acme.example' })
    await ana.want(204, 'PATCH', `/api/v1/log/${log._id}`, { message: 'Begun at last' })
    expect(await ana.query({ _name: 'getTask', idOrName: tasks[0]?._id }, { _name: 'logs' })).toMatchObject([
      { message: 'Begun at last' },
    ])
    const [attachment] = log.attachments as Json[]
    expect(
      await ana.send('GET', `/api/v1/log/${log._id}/attachment/${attachment?._id}/download`),
    ).toMatchObject({
      status: 200,
      body: 'x',
    })
    await ana.want(204, 'DELETE', `/api/v1/log/${log._id}`)
    await ana.want(204, 'PATCH', path, { status: 'Completed' })
    expect(await ana.get(path)).toMatchObject({ status: 'Completed', endDate: expect.any(Number) })
    await ana.want(400, 'PATCH', path, { status: 'Forgotten' })
    await ana.want(204, 'DELETE', path)
    expect(await below(target, 'tasks')).toHaveLength(3)
    expect(hive.violations()).toEqual([])
  })

  test('tasks are changed in bulk, all or nothing, and listed over all cases', async () => {
    const target = await createCase(ana)
    const made = []
    for (const title of ['a', 'b'])
      made.push(await ana.want(201, 'POST', `/api/v1/case/${target._id}/task`, { title, mandatory: true }))
    const ids = made.map(({ _id }) => _id)
    await ana.want(404, 'PATCH', '/api/v1/task/_bulk', { ids: [...ids, '~1'], flag: true })
    await ana.want(204, 'PATCH', '/api/v1/task/_bulk', { ids, group: 'Hunt' })
    const listed = await ana.query(
      { _name: 'listTask' },
      { _name: 'filter', _eq: { _field: 'group', _value: 'Hunt' } },
    )
    expect(listed.map(({ _id }) => _id)).toEqual(ids)
    await ana.want(400, 'PATCH', `/api/v1/case/${target._id}`, { status: 'Other' })
  })

  test('pages are added, listed, changed and deleted', async () => {
    const target = await createCase(ana)
    const page = { title: 'Notes', content: 'Nothing **yet**', category: 'Analysis' }
    const made = await ana.want(201, 'POST', `/api/v1/case/${target._id}/page`, page)
    expect(made).toMatchObject({ ...page, _type: 'Page', order: 0 })
    const path = `/api/v1/case/${target._id}/page/${made._id}`
    await ana.want(204, 'PATCH', path, { content: 'Something' })
    expect(await below(target, 'pages')).toMatchObject([{ title: 'Notes', content: 'Something' }])
    await ana.want(204, 'DELETE', path)
    expect(await below(target, 'pages')).toEqual([])
    expect(hive.violations()).toEqual([])
  })
})

test('extra data of a case comes on request', async () => {
  const target = await createCase(ana, { caseTemplate: 'generic' })
  const extraData = ['alertsCount', 'links', 'contributors', 'isOwner', 'shareCount', 'status']
  const [found] = await ana.query(
    { _name: 'getCase', idOrName: target._id },
    { _name: 'page', from: 0, to: 1, extraData },
  )
  expect(found?.extraData).toMatchObject({
    ...{ alertsCount: 0, links: { caseLinks: [], externalLinks: [] }, isOwner: true, shareCount: 0 },
    contributors: ['ana@acme.example'],
    status: { value: 'New', stage: 'New' },
  })
})
