import { beforeEach, describe, expect, test } from 'vitest'
import { createAlert, createCase, createClient, formOf, newAlert, useStandIn } from './client.ts'

const hive = await useStandIn({ validate: true })
const ana = createClient(hive.url)

beforeEach(({ skip }) => {
  if (hive.validationAbsent) skip(hive.validationAbsent)
})

describe('requests that the API document does not allow are noted, and answered as ever', () => {
  test.each<[string, string, string, unknown, number]>([
    ['a misspelt field', 'PATCH', '/api/v1/alert/ID', { titel: 'x' }, 204],
    ['a severity out of range', 'PATCH', '/api/v1/alert/ID', { severity: 9 }, 400],
    [
      'a page without an end',
      'POST',
      '/api/v1/query',
      { query: [{ _name: 'listAlert' }, { _name: 'page', from: 0 }] },
      400,
    ],
    ['a missing message', 'POST', '/api/v1/alert/ID/comment', {}, 400],
    ['an unknown parameter', 'GET', '/api/v1/alert/ID?verbose=1', undefined, 200],
    ['a step on what is not described', 'POST', '/api/v1/query', { query: [{ name: 'listAlert' }] }, 400],
    ['tags twice', 'PATCH', '/api/v1/alert/ID', { tags: ['a', 'a'] }, 204],
  ])('%s', async (_, method, path, body, status) => {
    const { _id } = await createAlert(ana)
    await ana.want(status, method, path.replace('ID', String(_id)), body)
    expect(hive.violations()).toMatchObject([{ side: 'request', method }])
    expect(hive.violations()[0]?.errors).not.toEqual([])
    const listed = await createClient(hive.controlUrl, null).get('/violations')
    expect(listed).toEqual(hive.violations())
  })
})

test('parts of a multipart body that the document does not know, or misses, are noted', async () => {
  const { _id } = await createAlert(ana)
  const misnamed = formOf({ dataType: 'file' }, [['file', 'x', 'x.txt']])
  await ana.want(400, 'POST', `/api/v1/alert/${_id}/observable`, misnamed)
  expect(hive.violations()[0]?.errors).toEqual([
    '/attachment a part is required',
    '/file is no part of this request',
  ])
  const misspelt = formOf({ dataType: 'file', tag: 'x' }, [['attachment', 'x', 'x.txt']])
  await ana.want(201, 'POST', `/api/v1/alert/${_id}/observable`, misspelt)
  expect(hive.violations().at(-1)?.errors).toMatchObject([expect.stringContaining('additional')])
})

test('rows with keys left out are judged by what is left', async () => {
  await createAlert(ana)
  const query = [{ _name: 'listAlert' }]
  await ana.want(200, 'POST', '/api/v1/query', { query, excludeFields: ['title', 'description', '_id'] })
  expect(hive.violations()).toEqual([])
})

test('the stand-in’s own replies satisfy the document, errors included', async () => {
  const alert = await createAlert(ana, {
    customFields: { 'risk-score': 1, 'first-seen': 5 },
    observables: [{ dataType: 'ip', data: '192.0.2.1', tags: ['a'], sighted: true }],
    procedures: [{ patternId: 'T1566', occurDate: 5 }],
    externalLink: 'https://console.example/1',
  })
  const target = await createCase(ana, { caseTemplate: 'data-leak', summary: 'So far nothing' })
  await ana.want(400, 'POST', '/api/v1/alert', newAlert({ sourceRef: alert.sourceRef }))
  await ana.want(404, 'GET', '/api/v1/alert/~1')
  await ana.want(201, 'POST', `/api/v1/alert/${alert._id}/comment`, { message: 'x' })
  await ana.want(200, 'POST', `/api/v1/alert/${alert._id}/merge/${target._id}`)
  await ana.want(204, 'PATCH', `/api/v1/case/${target._id}`, {
    status: 'TruePositive',
    impactStatus: 'NoImpact',
  })
  for (const path of [
    'user/current',
    'status',
    'status/public',
    'customField',
    'caseTemplate/phishing',
    'describe/alert',
  ]) {
    await ana.get(`/api/v1/${path}`)
  }
  const lists = [
    'Alert',
    'Case',
    'Observable',
    'Comment',
    'Procedure',
    'Task',
    'AlertStatus',
    'CaseStatus',
    'CaseTemplate',
  ]
  for (const kind of [...lists, 'CustomField', 'ObservableType', 'User', 'Organisation', 'Profile']) {
    expect((await ana.query({ _name: `list${kind}` })).length, kind).toBeGreaterThan(0)
  }
  expect(hive.violations()).toEqual([])
})
