import { describe, expect, test } from 'vitest'
import { createAlert, createCase, createClient, useStandIn, type Json } from './client.ts'

const hive = await useStandIn({ validate: true })
const ana = createClient(hive.url)
const boss = createClient(hive.url, 'boss-key')
const admin = createClient(hive.url, 'admin-key')

const named = async (list: string, field: string, value: string): Promise<Json[]> =>
  ana.query({ _name: list }, { _name: 'filter', _eq: { _field: field, _value: value } })

describe('statuses', () => {
  test.each(['alert', 'case'] as const)(
    'an administrator adds, changes and deletes those of an %s',
    async (kind) => {
      const path = `/api/v1/${kind}Status`
      const list = kind === 'alert' ? 'listAlertStatus' : 'listCaseStatus'
      const body = { value: `OnHold-${kind}`, stage: 'InProgress', colour: '#102030', order: 9 }
      await ana.want(403, 'POST', path, body)
      const made = await admin.want(201, 'POST', path, body)
      expect(made).toMatchObject({ ...body, hidden: false })
      await admin.want(400, 'POST', path, body)
      await admin.want(204, 'PATCH', `${path}/${made._id}`, { hidden: true, description: 'Waiting' })
      expect(await named(list, 'value', body.value)).toMatchObject([{ hidden: true, colour: '#102030' }])
      const create = kind === 'alert' ? createAlert : createCase
      expect(await create(ana, { status: body.value })).toMatchObject({ stage: 'InProgress' })
      await admin.want(400, 'DELETE', `${path}/${made._id}`)
      const unused = await admin.want(201, 'POST', path, { value: `Unused-${kind}`, stage: 'New' })
      await admin.want(204, 'DELETE', `${path}/${unused._id}`)
      expect(await named(list, 'value', `Unused-${kind}`)).toEqual([])
      expect(hive.violations()).toEqual([])
    },
  )

  test('a case has no Imported stage', async () => {
    await admin.want(400, 'POST', '/api/v1/caseStatus', { value: 'x', stage: 'Imported' })
  })
})

test('custom fields are defined, used, changed and deleted', async () => {
  const body = {
    name: 'site',
    group: 'places',
    description: 'Where',
    type: 'string',
    options: ['North', 'South'],
  }
  await boss.want(403, 'POST', '/api/v1/customField', body)
  const made = await admin.want(201, 'POST', '/api/v1/customField', body)
  expect(made).toMatchObject({ ...body, displayName: 'site', mandatory: false })
  expect(await createAlert(ana, { customFields: { site: 'North' } })).toMatchObject({
    customFields: [{ name: 'site' }],
  })
  await admin.want(204, 'PATCH', '/api/v1/customField/site', { displayName: 'Site' })
  const all = (await ana.get('/api/v1/customField')) as unknown as Json[]
  expect(all.find(({ name }) => name === 'site')).toMatchObject({ displayName: 'Site', group: 'places' })
  await admin.want(204, 'DELETE', `/api/v1/customField/${made._id}`)
  await ana.want(404, 'PATCH', `/api/v1/alert/${(await createAlert(ana))._id}`, {
    customFields: { site: 'x' },
  })
})

test('case templates are made, read by name or id, changed and deleted', async () => {
  const body = {
    ...{ name: 'insider', titlePrefix: '[IN]', severity: 3, tlp: 4, tags: ['insider'] },
    tasks: [{ title: 'Talk to HR', group: 'People', mandatory: true }],
    customFields: { 'business-unit': 'Sales' },
  }
  await ana.want(403, 'POST', '/api/v1/caseTemplate', body)
  const made = await boss.want(201, 'POST', '/api/v1/caseTemplate', body)
  expect(made).toMatchObject({
    name: 'insider',
    tlpLabel: 'RED',
    tasks: [{ title: 'Talk to HR', mandatory: true }],
  })
  await boss.want(204, 'PATCH', '/api/v1/caseTemplate/insider', {
    summary: 'Quietly',
    titlePrefix: '[INSIDER]',
  })
  expect(await ana.get(`/api/v1/caseTemplate/${made._id}`)).toMatchObject({ summary: 'Quietly', severity: 3 })
  const opened = await createCase(ana, { title: 'Copied files', caseTemplate: 'insider' })
  expect(opened).toMatchObject({
    title: '[INSIDER] Copied files',
    customFields: [{ name: 'business-unit', value: 'Sales' }],
  })
  await boss.want(204, 'DELETE', '/api/v1/caseTemplate/insider')
  await ana.want(404, 'GET', '/api/v1/caseTemplate/insider')
  expect(hive.violations()).toEqual([])
})

test('observable types are added and deleted', async () => {
  await admin.want(201, 'POST', '/api/v1/observable/type', { name: 'wallet' })
  const { _id } = await createAlert(ana)
  await ana.want(201, 'POST', `/api/v1/alert/${_id}/observable`, { dataType: 'wallet', data: 'abc' })
  expect(await ana.get('/api/v1/observable/type/wallet')).toMatchObject({ isAttachment: false })
  await admin.want(204, 'DELETE', '/api/v1/observable/type/wallet')
  await ana.want(404, 'POST', `/api/v1/alert/${_id}/observable`, { dataType: 'wallet', data: 'def' })
})

describe('techniques and procedures', () => {
  test('the catalogue tells name, number and tactics', async () => {
    const all = await ana.query({ _name: 'listPattern' })
    expect(all.length).toBeGreaterThanOrEqual(40)
    expect(await ana.query({ _name: 'getPattern', idOrName: 'T1053' })).toMatchObject([
      { name: 'Scheduled Task/Job', tactics: ['execution', 'persistence', 'privilege-escalation'] },
    ])
    expect(await named('listPattern', 'tactics', 'exfiltration')).not.toEqual([])
    expect(await ana.get(`/api/v1/pattern/${all[0]?._id}`)).toEqual(all[0])
    expect(hive.violations()).toEqual([])
  })

  test('a procedure is of the catalogue, changed and deleted, alone or with others', async () => {
    const { _id } = await createAlert(ana)
    const path = `/api/v1/alert/${_id}`
    await ana.want(404, 'POST', `${path}/procedure`, { patternId: 'T9999', occurDate: 1 })
    await ana.want(400, 'POST', `${path}/procedure`, { patternId: 'T1566', occurDate: 1, tactic: 'impact' })
    const procedures = [
      { patternId: 'T1078', tactic: 'persistence', occurDate: 5 },
      { patternId: 'T1566.002', occurDate: 6, description: 'A link' },
    ]
    const made = (await ana.want(201, 'POST', `${path}/procedures`, { procedures })) as unknown as Json[]
    expect(made.map(({ tacticLabel }) => tacticLabel)).toEqual(['Persistence', 'Initial Access'])
    await ana.want(404, 'POST', `${path}/procedures`, {
      procedures: [...procedures, { patternId: 'T0', occurDate: 1 }],
    })
    await ana.want(204, 'PATCH', `/api/v1/procedure/${made[0]?._id}`, { patternId: 'T1486' })
    const list = () => ana.query({ _name: 'getAlert', idOrName: _id }, { _name: 'procedures' })
    expect(await list()).toMatchObject([
      { patternName: 'Data Encrypted for Impact', tactic: 'impact' },
      { occurDate: 6 },
    ])
    const ids = made.map(({ _id: id }) => id)
    await ana.want(404, 'POST', '/api/v1/procedure/delete/_bulk', { ids: [...ids, '~1'] })
    expect(await list()).toHaveLength(2)
    await ana.want(204, 'POST', '/api/v1/procedure/delete/_bulk', { ids })
    expect(await list()).toEqual([])
    expect(hive.violations()).toEqual([])
  })
})

test('views belong to who made them unless they are shared', async () => {
  const ben = createClient(hive.url, 'ben-key')
  const listOptions = { itemsPerPage: 30, listAsGroup: false, autoRefresh: true, statsIsOpen: false }
  const body = { name: 'Mine', entity: 'Alert', filter: { _any: null }, listOptions, isShared: false }
  const made = await ana.want(201, 'POST', '/api/v1/views', body)
  expect(made).toMatchObject(body)
  await ben.want(404, 'GET', `/api/v1/views/${made._id}`)
  await ana.want(204, 'PATCH', `/api/v1/views/${made._id}`, { isShared: true, sortList: ['-_createdAt'] })
  expect(await ben.get(`/api/v1/views/${made._id}`)).toMatchObject({
    name: 'Mine',
    sortList: ['-_createdAt'],
  })
  await createClient(hive.url, 'gil-key').want(404, 'GET', `/api/v1/views/${made._id}`)
  await ana.want(204, 'DELETE', `/api/v1/views/${made._id}`)
  await ana.want(404, 'GET', `/api/v1/views/${made._id}`)
  expect(hive.violations()).toEqual([])
})

test('the fields of alerts, cases and observables are described', async () => {
  const all = await ana.get('/api/v1/describe/_all')
  expect(Object.keys(all)).toEqual(['alert', 'case', 'observable'])
  for (const model of ['alert', 'case', 'observable'])
    expect(await ana.get(`/api/v1/describe/${model}`)).toEqual(all[model])
  await ana.want(404, 'GET', '/api/v1/describe/nothing')
  expect(hive.violations()).toEqual([])
})

test('the licence names a day in the future', async () => {
  const { fallback } = (await admin.get('/api/v1/license/current')) as { fallback: Json }
  expect(fallback.expiresAt).toBeGreaterThan(Date.now())
  expect(hive.violations()).toEqual([])
})
