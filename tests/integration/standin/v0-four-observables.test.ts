import { describe, expect, test } from 'vitest'
import { writeZip } from '#tests/support/thehive/zip/write-zip.ts'
import { useStandIn, type Json } from './client.ts'
import { createOlderAlert, createOlderCase, createOlderClient, encoded } from './v0-client.ts'

const hive = await useStandIn({ flavour: 'thehive4' })
const client = createOlderClient(hive.url)

const ip = (data: string | string[], more: Json = {}) => ({ dataType: 'ip', data, ...more })

function form(json: Json, ...files: [name: string, content: string | Uint8Array<ArrayBuffer>][]): FormData {
  const data = new FormData()
  data.set('_json', JSON.stringify(json))
  for (const [name, content] of files)
    data.append('attachment', new Blob([content], { type: 'text/plain' }), name)
  return data
}

describe.each(['alert', 'case'] as const)('observables of one %s', (kind) => {
  const parent = () => (kind === 'alert' ? createOlderAlert(client) : createOlderCase(client))
  const add = async (status: number, body: unknown, to?: unknown) =>
    (await client.want(
      status,
      'POST',
      `/${kind}/${to ?? (await parent())._id}/artifact`,
      body,
    )) as unknown as Json[]

  test('come one for each text, just as written; blank ones do not come', async () => {
    const added = await add(201, ip(['192.0.2.1', ' 192.0.2.2\n192.0.2.3 ', '  ', '']))
    expect(added.map(({ data }) => data)).toEqual(['192.0.2.1', ' 192.0.2.2\n192.0.2.3 '])
  })

  test('that are there already are told beside those that are new', async () => {
    const { _id } = await parent()
    await add(201, ip('192.0.2.1'), _id)
    expect(await add(207, ip(['192.0.2.1', '192.0.2.2']), _id)).toMatchObject({
      success: [{ data: '192.0.2.2' }],
      failure: [{ type: 'CreateError', message: 'Observable already exists', object: { data: '192.0.2.1' } }],
    })
    expect(await add(207, ip('192.0.2.2'), _id)).toMatchObject({
      success: [],
      failure: [{ type: 'CreateError' }],
    })
    expect(hive.effects()).toMatchObject({
      [`observable ${_id} ip 192.0.2.1`]: 1,
      [`observable ${_id} ip 192.0.2.2`]: 1,
    })
  })

  test('come as files, in the form or known by their digest', async () => {
    const [first, second] = await add(
      201,
      form({ dataType: 'file', tags: ['t'] }, ['a.txt', 'one'], ['b.txt', 'two']),
    )
    expect(first).toMatchObject({ data: null, tags: ['t'], attachment: { name: 'a.txt', size: 3 } })
    const { id, contentType } = second?.attachment as Json
    const known = { id, name: 'again.txt', contentType }
    expect(await add(201, { dataType: 'file', attachment: known })).toMatchObject([
      { attachment: { name: 'again.txt', id } },
    ])
  })

  test('come out of an archive, folders left out, with its password or the usual one', async () => {
    const files = [
      { name: 'inside.txt', bytes: Buffer.from('secret') },
      { name: 'folder/deep.txt', bytes: Buffer.from('deep') },
    ]
    for (const [password, fields] of [
      ['infected', { zipPassword: 'infected' }],
      ['malware', {}],
    ] as const) {
      const archive = new Uint8Array(writeZip(files, password))
      const added = await add(201, form({ dataType: 'file', isZip: true, ...fields }, ['all.zip', archive]))
      expect(added).toMatchObject([{ attachment: { name: 'inside.txt', size: 6 } }])
      expect(added).toHaveLength(1)
    }
    const archive = new Uint8Array(writeZip(files, 'other'))
    await add(400, form({ dataType: 'file', isZip: true }, ['all.zip', archive]))
  })

  test.each([
    [404, { dataType: 'unheard', data: 'x' }],
    [400, { data: 'x' }],
    [400, { dataType: 'ip' }],
  ])('are refused with %i when they are %j', async (status, body) => {
    await add(status, body)
  })

  test('of one that is not there are not allowed', async () => {
    expect(await add(403, ip('192.0.2.1'), '~1')).toEqual({
      type: 'AuthorizationError',
      message: 'Operation not permitted',
    })
  })

  test('are read, changed and taken away without a stamp on what they belong to', async () => {
    const { _id } = await parent()
    const [added] = await add(201, ip('192.0.2.1'), _id)
    const path = `/${kind}/artifact/${added?._id}`
    expect(await client.get(path)).toEqual(added)
    const change = {
      ioc: true,
      sighted: true,
      tags: ['a'],
      message: 'm',
      tlp: 3,
      dataType: 'other',
      ignoreSimilarity: true,
    }
    expect(await client.want(200, 'PATCH', path, { ...change, data: 'x' })).toMatchObject({
      ...{ ...change, data: '192.0.2.1', updatedBy: 'ana@acme.example' },
    })
    expect(await client.want(400, 'PATCH', path, { dataType: 'file' })).toMatchObject({
      message: 'Can not update dataType: isAttachment does not match',
    })
    expect((await client.get(`/${kind}/${_id}`)).updatedAt ?? null).toBeNull()
    await client.want(204, 'DELETE', path)
    await client.want(404, 'GET', path)
    expect(hive.effects()).toMatchObject({ [`update observable ${added?._id}`]: 1 })
  })

  test('change in bulk, all or none', async () => {
    const added = await add(201, ip(['192.0.2.1', '192.0.2.2']))
    const ids = added.map(({ _id }) => _id)
    await client.want(404, 'PATCH', `/${kind}/artifact/_bulk`, { ids: [...ids, '~1'], ioc: true })
    await client.want(204, 'PATCH', `/${kind}/artifact/_bulk`, { ids, ioc: true })
    for (const id of ids) expect(await client.get(`/${kind}/artifact/${id}`)).toMatchObject({ ioc: true })
  })
})

test('files may be written into the text in alerts, and not in cases', async () => {
  const body = { dataType: 'file', data: encoded('a.txt', 'text/plain', 'hello') }
  const [alert, target] = [await createOlderAlert(client), await createOlderCase(client)]
  expect(await client.want(201, 'POST', `/alert/${alert._id}/artifact`, body)).toMatchObject([
    { attachment: { name: 'a.txt', size: 5 } },
  ])
  await client.want(400, 'POST', `/case/${target._id}/artifact`, body)
})

test('an added observable shows in its alert at once', async () => {
  const { _id } = await createOlderAlert(client)
  await client.want(201, 'POST', `/alert/${_id}/artifact`, ip('192.0.2.1'))
  expect(await client.get(`/alert/${_id}`)).toMatchObject({
    artifacts: [{ data: '192.0.2.1' }],
    updatedAt: null,
  })
})

test('the likes of an observable are those of other cases and alerts', async () => {
  const data = '203.0.113.200'
  const [alert, target] = [await createOlderAlert(client), await createOlderCase(client)]
  const [one] = (await client.want(
    201,
    'POST',
    `/alert/${alert._id}/artifact`,
    ip(data),
  )) as unknown as Json[]
  const [two] = (await client.want(
    201,
    'POST',
    `/case/${target._id}/artifact`,
    ip(data),
  )) as unknown as Json[]
  expect(await client.get(`/case/artifact/${one?._id}/similar`)).toMatchObject([{ _id: two?._id }])
})
