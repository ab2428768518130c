import { createHash, randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { createAlert, createClient, newAlert, useStandIn, type Json } from './client.ts'

const hive = await useStandIn()
const ana = createClient(hive.url)

const form = (json: Json | undefined, files: [string, Blob, string][]): FormData => {
  const data = new FormData()
  if (json) data.set('_json', JSON.stringify(json))
  for (const [part, blob, name] of files) data.append(part, blob, name)
  return data
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

describe('text observables', () => {
  test('one item of a list is one observable, kept as given', async () => {
    const { _id } = await createAlert(ana)
    const data = ['192.0.2.1', ' padded ', 'two\nlines', '   ', '']
    const added = (await ana.want(201, 'POST', `/api/v1/alert/${_id}/observable`, {
      dataType: 'other',
      data,
    })) as unknown as Json[]
    expect(added.map((each) => each.data)).toEqual(['192.0.2.1', ' padded ', 'two\nlines'])
    expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({
      observableCount: 3,
      _updatedAt: expect.any(Number),
    })
  })

  test('what the alert shows already is a failed item beside the new ones', async () => {
    const { _id } = await createAlert(ana, { observables: [{ dataType: 'ip', data: '192.0.2.1' }] })
    const data = ['192.0.2.1', '192.0.2.2']
    const mixed = await ana.want(207, 'POST', `/api/v1/alert/${_id}/observable`, { dataType: 'ip', data })
    expect(mixed).toMatchObject({
      success: [{ data: '192.0.2.2' }],
      failure: [{ type: 'CreateError', message: 'Observable already exists', object: { data: '192.0.2.1' } }],
    })
    expect(hive.effects()).toMatchObject({
      [`observable ${_id} ip 192.0.2.2`]: 1,
      [`observable ${_id} ip 192.0.2.1`]: 1,
    })
  })

  test.each([
    ['an unknown type', 404, { dataType: 'nope', data: 'x' }],
    ['a text type without data', 400, { dataType: 'ip' }],
    ['a file type without a file', 400, { dataType: 'file', data: 'x' }],
    ['data of 4097 characters', 400, { dataType: 'other', data: 'x'.repeat(4097) }],
    ['an archive to unpack', 400, { dataType: 'file', isZip: true, attachment: 'attachment' }],
  ])('refuses %s', async (_, status, body) => {
    const alert = await createAlert(ana)
    await ana.want(status, 'POST', `/api/v1/alert/${alert._id}/observable`, body)
    expect(await ana.get(`/api/v1/alert/${alert._id}`)).toMatchObject({ observableCount: 0 })
  })

  test('data never changes, tags and marks do, and the type only within its kind', async () => {
    const { _id } = await createAlert(ana)
    const [made] = (await ana.want(201, 'POST', `/api/v1/alert/${_id}/observable`, {
      dataType: 'domain',
      data: 'a.example',
    })) as unknown as Json[]
    const path = `/api/v1/observable/${made?._id}`
    await ana.want(204, 'PATCH', path, { data: 'b.example', dataType: 'fqdn', ioc: true, addTags: ['x'] })
    expect(await ana.get(path)).toMatchObject({ data: 'a.example', dataType: 'fqdn', ioc: true, tags: ['x'] })
    await ana.want(400, 'PATCH', path, { dataType: 'file' })
    await ana.want(204, 'PATCH', '/api/v1/observable/_bulk', { ids: [made?._id], message: 'Seen' })
    expect(await ana.get(path)).toMatchObject({ message: 'Seen' })
    await ana.want(204, 'DELETE', path)
    expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({ observableCount: 0 })
  })
})

describe('file observables', () => {
  test('repeated parts become one observable each, with hashes, and come back byte for byte', async () => {
    const { _id } = await createAlert(ana)
    const [one, two] = [randomBytes(100), randomBytes(3_000_000)]
    const body = form({ dataType: 'file', tags: ['sample'] }, [
      ['attachment', new Blob([one], { type: 'text/plain' }), 'öne.txt'],
      ['attachment', new Blob([two]), 'two.bin'],
    ])
    const added = (await ana.want(201, 'POST', `/api/v1/alert/${_id}/observable`, body)) as unknown as {
      _id: string
      attachment: Json
    }[]
    expect(added.map(({ attachment }) => [attachment.name, attachment.size, attachment.id])).toEqual([
      ['öne.txt', 100, sha256(one)],
      ['two.bin', 3_000_000, sha256(two)],
    ])
    const { _id: observable, attachment } = added[1] as { _id: string; attachment: Json }
    const path = `/api/v1/observable/${observable}/attachment/${attachment._id}/download`
    const response = await fetch(`${hive.url}${path}`, { headers: { Authorization: 'Bearer ana-key' } })
    expect(response.headers.get('content-disposition')).toContain('two.bin')
    expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(sha256(two))
  })

  test('an upload that breaks off leaves no trace, and the next one succeeds', async () => {
    const { _id } = await createAlert(ana)
    const path = `/api/v1/alert/${_id}/observable`
    const headers = { Authorization: 'Bearer ana-key', 'Content-Type': 'multipart/form-data; boundary=cut' }
    const upload = request(`${hive.url}${path}`, { method: 'POST', headers })
    upload.on('error', () => undefined)
    upload.write('--cut\r\nContent-Disposition: form-data; name="attachment"; filename="a"\r\n\r\n')
    await new Promise((resolve) => upload.write(Buffer.alloc(2_000_000), resolve))
    upload.destroy()
    await vi.waitFor(() => expect(hive.events().at(-1)).toMatchObject({ path, crash: expect.any(String) }))
    expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({ observableCount: 0 })
    await ana.want(201, 'POST', path, form({ dataType: 'file' }, [['attachment', new Blob(['x']), 'x']]))
  })

  test('an empty file is a file', async () => {
    const { _id } = await createAlert(ana)
    const body = form({ dataType: 'file' }, [['attachment', new Blob([]), 'empty']])
    expect(await ana.want(201, 'POST', `/api/v1/alert/${_id}/observable`, body)).toMatchObject([
      { attachment: { size: 0 } },
    ])
  })

  test('the same bytes twice are refused the second time', async () => {
    const { _id } = await createAlert(ana)
    const body = () => form({ dataType: 'file' }, [['attachment', new Blob(['same']), 'a.txt']])
    await ana.want(201, 'POST', `/api/v1/alert/${_id}/observable`, body())
    const again = await ana.want(207, 'POST', `/api/v1/alert/${_id}/observable`, body())
    expect(again).toMatchObject({
      success: [],
      failure: [{ type: 'CreateError', object: { attachment: { name: 'a.txt' } } }],
    })
  })

  test('without _json the parts are files', async () => {
    const { _id } = await createAlert(ana)
    const body = form(undefined, [['attachment', new Blob(['x']), 'x.txt']])
    expect(await ana.want(201, 'POST', `/api/v1/alert/${_id}/observable`, body)).toMatchObject([
      { dataType: 'file' },
    ])
  })

  test('an alert may be created with files, its _json a field or a part', async () => {
    for (const asPart of [false, true]) {
      const body = new FormData()
      const json = JSON.stringify(newAlert({ observables: [{ dataType: 'file', attachment: ['k1', 'k2'] }] }))
      body.set('_json', asPart ? new Blob([json], { type: 'application/json' }) : json)
      for (const key of ['k1', 'k2']) body.set(key, new Blob([key]), `${key}.txt`)
      expect(await ana.want(201, 'POST', '/api/v1/alert', body)).toMatchObject({ observableCount: 2 })
    }
  })

  test('a name that no part has refuses the whole alert', async () => {
    const body = form(newAlert({ observables: [{ dataType: 'file', attachment: 'missing' }] }), [
      ['k', new Blob(['x']), 'x'],
    ])
    await ana.want(400, 'POST', '/api/v1/alert', body)
  })
})

describe('attachments of an alert', () => {
  test('are added, listed, downloaded and deleted', async () => {
    const { _id } = await createAlert(ana)
    const body = form(undefined, [['attachments', new Blob(['report']), 'report.txt']])
    const { attachments } = (await ana.want(201, 'POST', `/api/v1/alert/${_id}/attachments`, body)) as {
      attachments: Json[]
    }
    const [attachment] = attachments
    expect(await ana.query({ _name: 'getAlert', idOrName: _id }, { _name: 'attachments' })).toEqual([
      attachment,
    ])
    const path = `/api/v1/alert/${_id}/attachment/${attachment?._id}`
    const response = await fetch(`${hive.url}${path}/download`, {
      headers: { Authorization: 'Bearer ana-key' },
    })
    expect(await response.text()).toBe('report')
    await ana.want(204, 'DELETE', path)
    expect(await ana.query({ _name: 'getAlert', idOrName: _id }, { _name: 'attachments' })).toEqual([])
  })
})
