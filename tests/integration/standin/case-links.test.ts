import { describe, expect, test } from 'vitest'
import { createAlert, createCase, createClient, useStandIn } from './client.ts'

const hive = await useStandIn()
const ana = createClient(hive.url)

const observablesOf = async (id: unknown) =>
  (await ana.query({ _name: 'getCase', idOrName: id }, { _name: 'observables' })).map(
    ({ dataType, data, tags }) => [dataType, data, tags],
  )

describe('promoting', () => {
  test('makes a case of the alert’s fields and marks the alert imported', async () => {
    const draft = {
      severity: 3,
      tlp: 1,
      tags: ['x'],
      observables: [{ dataType: 'ip', data: '192.0.2.1', tags: ['t'] }],
    }
    const { _id } = await createAlert(ana, { title: 'Promote me', ...draft })
    const promoted = await ana.want(201, 'POST', `/api/v1/alert/${_id}/case`, {})
    expect(promoted).toMatchObject({
      _type: 'Case',
      title: 'Promote me',
      severity: 3,
      tlp: 1,
      tags: ['x'],
      status: 'New',
    })
    expect(promoted.number).toEqual(expect.any(Number))
    expect(await observablesOf(promoted._id)).toEqual([['ip', '192.0.2.1', ['t']]])
    expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({
      ...{ caseId: promoted._id, status: 'Imported', stage: 'Imported', importedDate: expect.any(Number) },
    })
  })

  test('a template gives prefix, tags and tasks, and the request overrides the alert', async () => {
    const { _id } = await createAlert(ana, { tags: ['x'] })
    const body = {
      caseTemplate: 'phishing',
      title: 'Better title',
      severity: 4,
      assignee: 'ben@acme.example',
    }
    const promoted = await ana.want(201, 'POST', `/api/v1/alert/${_id}/case`, body)
    expect(promoted).toMatchObject({
      title: '[PHISH] Better title',
      severity: 4,
      assignee: 'ben@acme.example',
    })
    expect(promoted.tags).toEqual(expect.arrayContaining(['x', 'phishing']))
    const tasks = await ana.query({ _name: 'getCase', idOrName: promoted._id }, { _name: 'tasks' })
    expect(tasks).toHaveLength(5)
    expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({ title: 'An alert' })
  })

  test('falls back to the alert’s own template, and an unknown one is a 404 that changes nothing', async () => {
    const { _id } = await createAlert(ana, { caseTemplate: 'malware' })
    await ana.want(404, 'POST', `/api/v1/alert/${_id}/case`, { caseTemplate: 'nowhere' })
    expect(await ana.get(`/api/v1/alert/${_id}`)).not.toHaveProperty('caseId')
    const promoted = await ana.want(201, 'POST', `/api/v1/alert/${_id}/case`)
    expect(promoted.title).toBe('[MAL] An alert')
  })

  test('promoting again answers the same case and makes no second one', async () => {
    const { _id } = await createAlert(ana)
    const first = await ana.want(201, 'POST', `/api/v1/alert/${_id}/case`, {})
    const again = await ana.want(201, 'POST', `/api/v1/alert/${_id}/case`, { title: 'Other' })
    expect(again).toEqual(first)
    expect(hive.effects()[`promote alert ${_id}`]).toBe(2)
  })

  test('tags listed in the request join the template’s, and replace the alert’s', async () => {
    const { _id } = await createAlert(ana, { tags: ['x'] })
    const body = { caseTemplate: 'phishing', tags: ['mine'] }
    const promoted = await ana.want(201, 'POST', `/api/v1/alert/${_id}/case`, body)
    expect(promoted.tags).toEqual(['mine', 'phishing', 'playbook:phishing'])
  })
})

describe('merging', () => {
  test('appends the description, unites tags and observables, and links', async () => {
    const target = await createCase(ana, { tags: ['a'] })
    const ip = { dataType: 'ip', data: '192.0.2.1' }
    await ana.want(201, 'POST', `/api/v1/case/${target._id}/observable`, { ...ip, tags: ['old'] })
    const alert = await createAlert(ana, {
      tags: ['b'],
      description: 'From the alert',
      observables: [
        { ...ip, tags: ['new'] },
        { dataType: 'domain', data: 'a.example' },
      ],
    })
    const merged = await ana.want(200, 'POST', `/api/v1/alert/${alert._id}/merge/${target._id}`)
    expect(merged).toMatchObject({ _id: target._id, tags: ['a', 'b'], status: 'New' })
    expect(merged.description).toContain(`#### Merged with alert #${alert.sourceRef} An alert`)
    expect(merged.description).toContain('From the alert')
    expect(await observablesOf(target._id)).toEqual([
      ['ip', '192.0.2.1', ['old', 'new']],
      ['domain', 'a.example', []],
    ])
    const linked = await ana.query({ _name: 'getCase', idOrName: String(target.number) }, { _name: 'alerts' })
    expect(linked).toMatchObject([{ _id: alert._id, status: 'Imported', caseId: target._id }])
  })

  test('refuses an alert that is already imported, and leaves the case as it was', async () => {
    const [one, two] = [await createCase(ana), await createCase(ana)]
    const alert = await createAlert(ana)
    await ana.want(200, 'POST', `/api/v1/alert/${alert._id}/merge/${one._id}`)
    const refused = await ana.want(400, 'POST', `/api/v1/alert/${alert._id}/merge/${two._id}`)
    expect(refused).toEqual({ type: 'BadRequest', message: 'Alert is already imported' })
    expect(await ana.get(`/api/v1/case/${two._id}`)).toEqual(two)
    expect(hive.effects()).toMatchObject({ [`merge alert ${alert._id} -> case ${one._id}`]: 1 })
    expect(hive.effects()).not.toHaveProperty([`merge alert ${alert._id} -> case ${two._id}`])
  })

  test('merges in bulk by case number, all or none, and no more than fifty', async () => {
    const target = await createCase(ana)
    const alerts = [await createAlert(ana), await createAlert(ana)]
    const alertIds = alerts.map(({ _id }) => _id)
    await ana.want(404, 'POST', '/api/v1/alert/merge/_bulk', {
      caseId: target._id,
      alertIds: [...alertIds, '~1'],
    })
    expect(await ana.get(`/api/v1/alert/${alertIds[0]}`)).not.toHaveProperty('caseId')
    await ana.want(200, 'POST', '/api/v1/alert/merge/_bulk', { caseId: String(target.number), alertIds })
    for (const id of alertIds)
      expect(await ana.get(`/api/v1/alert/${id}`)).toMatchObject({ caseId: target._id })
    const many = await Promise.all(Array.from({ length: 51 }, () => createAlert(ana)))
    await ana.want(400, 'POST', '/api/v1/alert/merge/_bulk', {
      caseId: target._id,
      alertIds: many.map(({ _id }) => _id),
    })
  })

  test('an import takes observables and links, and leaves the description alone', async () => {
    const target = await createCase(ana)
    const alert = await createAlert(ana, { observables: [{ dataType: 'ip', data: '192.0.2.7' }] })
    const imported = await ana.want(200, 'POST', `/api/v1/alert/${alert._id}/import/${target._id}`)
    expect(imported.description).toBe('Something')
    expect(await observablesOf(target._id)).toHaveLength(1)
    expect(await ana.get(`/api/v1/alert/${alert._id}`)).toMatchObject({ caseId: target._id })
  })
})

describe('separating', () => {
  test('unlinking sets the alert back to New and keeps what was copied', async () => {
    const target = await createCase(ana)
    const alert = await createAlert(ana, { observables: [{ dataType: 'ip', data: '192.0.2.7' }] })
    await ana.want(200, 'POST', `/api/v1/alert/${alert._id}/merge/${target._id}`)
    await ana.want(204, 'DELETE', `/api/v1/case/${target._id}/alert/${alert._id}`)
    const after = await ana.get(`/api/v1/alert/${alert._id}`)
    expect(after).toMatchObject({ status: 'New', importedDate: expect.any(Number) })
    expect(after).not.toHaveProperty('caseId')
    expect(await observablesOf(target._id)).toHaveLength(1)
    await ana.want(404, 'DELETE', `/api/v1/case/${target._id}/alert/${alert._id}`)
  })

  test('deleting a case frees its alerts', async () => {
    const alert = await createAlert(ana)
    const promoted = await ana.want(201, 'POST', `/api/v1/alert/${alert._id}/case`, {})
    await ana.want(204, 'DELETE', `/api/v1/case/${promoted._id}`)
    await ana.want(404, 'GET', `/api/v1/case/${promoted._id}`)
    expect(await ana.get(`/api/v1/alert/${alert._id}`)).not.toHaveProperty('caseId')
  })

  test('closing a case dates it and ends its tasks, reopening takes the date away', async () => {
    const made = await createCase(ana, { caseTemplate: 'generic' })
    await ana.want(204, 'PATCH', `/api/v1/case/${made._id}`, { status: 'TruePositive', summary: 'Done' })
    expect(await ana.get(`/api/v1/case/${made._id}`)).toMatchObject({
      stage: 'Closed',
      endDate: expect.any(Number),
    })
    const tasks = await ana.query({ _name: 'getCase', idOrName: made._id }, { _name: 'tasks' })
    expect(new Set(tasks.map(({ status }) => status))).toEqual(new Set(['Cancel']))
    await ana.want(204, 'PATCH', `/api/v1/case/${made._id}`, { status: 'InProgress', summary: null })
    const reopened = await ana.get(`/api/v1/case/${made._id}`)
    expect(reopened).not.toHaveProperty('endDate')
    expect(reopened).not.toHaveProperty('summary')
  })
})
