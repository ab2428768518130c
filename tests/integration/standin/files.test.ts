import { describe, expect, test } from 'vitest'
import { readZip } from '#tests/support/thehive/zip/read-zip.ts'
import { writeZip } from '#tests/support/thehive/zip/write-zip.ts'
import { createAlert, createCase, createClient, formOf, useStandIn, type Json } from './client.ts'

const hive = await useStandIn({ validate: true })
const ana = createClient(hive.url)

/** Made by another program: `s.txt` holding "secret\n", password "infected". */
const foreign = Buffer.from(
  'UEsDBAoACQAAANmudl2MsuviEwAAAAcAAAAFABwAcy50eHRVVAkAA6pkA2uqZANrdXgLAAEEAAAAAAQAAAAAkYE4mTzgZvMiXRfWX9KMcRgLpFBLBwiMsuviEwAAAAcAAABQSwECHgMKAAkAAADZrnZdjLLr4hMAAAAHAAAABQAYAAAAAAABAAAApIEAAAAAcy50eHRVVAUAA6pkA2t1eAsAAQQAAAAABAAAAABQSwUGAAAAAAEAAQBLAAAAYgAAAAAA',
  'base64',
)

async function bytesAt(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${hive.url}${path}`, {
    headers: { Authorization: 'Bearer ana-key', ...headers },
  })
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  }
}

const addTo = async (alert: Json, body: FormData) =>
  (await ana.want(201, 'POST', `/api/v1/alert/${alert._id}/observable`, body)) as unknown as Json[]

describe('archives', () => {
  const files = [
    { name: 'one.txt', bytes: Buffer.from('first file') },
    { name: 'folder/inside.txt', bytes: Buffer.from('never seen') },
    { name: 'two.bin', bytes: Buffer.from([0, 255, 10, 13]) },
  ]

  test.each<[string, Uint8Array, Json, string[]]>([
    ['an open one', writeZip(files), {}, ['one.txt', 'two.bin']],
    ['one under the usual password', writeZip(files, 'malware'), {}, ['one.txt', 'two.bin']],
    [
      'one under another password',
      writeZip(files, 's3cret'),
      { zipPassword: 's3cret' },
      ['one.txt', 'two.bin'],
    ],
    ['one of another program', foreign, { zipPassword: 'infected' }, ['s.txt']],
  ])('%s becomes one observable a file, folders aside', async (_, archive, extra, names) => {
    const alert = await createAlert(ana)
    const json = { dataType: 'file', isZip: true, tags: ['sample'], ...extra }
    const added = await addTo(alert, formOf(json, [['attachment', archive, 'files.zip']]))
    expect(added.map(({ attachment }) => (attachment as Json).name)).toEqual(names)
    expect(added.every(({ tags }) => String(tags) === 'sample')).toBe(true)
    expect(await ana.get(`/api/v1/alert/${alert._id}`)).toMatchObject({ observableCount: names.length })
    expect(hive.violations()).toEqual([])
  })

  test('come in with a new alert too', async () => {
    const observables = [{ dataType: 'file', isZip: true, attachment: 'bundle' }]
    const body = {
      type: 'zip',
      source: 'suite',
      sourceRef: 'zip-1',
      title: 'x',
      description: 'x',
      observables,
    }
    const made = await ana.want(
      201,
      'POST',
      '/api/v1/alert',
      formOf(body, [['bundle', writeZip(files), 'b.zip']]),
    )
    expect(made).toMatchObject({ observableCount: 2 })
  })

  /** The archive with the stated size of its only file changed in header and directory. */
  const misstated = (by: number) => {
    const archive = writeZip([{ name: 'a', bytes: Buffer.from('ten bytes!') }])
    archive.writeUInt32LE(10 + by, 22)
    const directory = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]))
    archive.writeUInt32LE(10 + by, directory + 24)
    return archive
  }

  test.each<[string, Uint8Array, Json, number]>([
    ['a wrong password', writeZip(files, 'other'), {}, 400],
    ['no archive at all', Buffer.from('just text'), {}, 400],
    ['a cut archive', writeZip(files).subarray(0, 60), {}, 400],
    ['a file larger than it says', misstated(-1), {}, 400],
    ['a file smaller than it says', misstated(1), {}, 500],
  ])('%s is refused and leaves nothing', async (_, archive, extra, status) => {
    const { _id } = await createAlert(ana)
    const body = formOf({ dataType: 'file', isZip: true, ...extra }, [['attachment', archive, 'files.zip']])
    await ana.want(status, 'POST', `/api/v1/alert/${_id}/observable`, body)
    expect(await ana.get(`/api/v1/alert/${_id}`)).toMatchObject({ observableCount: 0 })
  })

  test('a download is raw, or an archive under the password malware', async () => {
    const content = Buffer.from('MZ not really a program'.repeat(1000))
    const [observable] = await addTo(
      await createAlert(ana),
      formOf(undefined, [['attachment', content, 'évil.exe']]),
    )
    const attachment = observable?.attachment as Json
    const path = `/api/v1/observable/${observable?._id}/attachment`
    const raw = await bytesAt(`${path}/${attachment._id}/download`)
    expect(raw.bytes.equals(content)).toBe(true)
    expect(raw.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%C3%A9vil.exe")
    const zipped = await bytesAt(`${path}/${attachment.id}/download?asZip=True`)
    expect(zipped.headers.get('content-type')).toBe('application/zip')
    expect(zipped.bytes.includes('not really')).toBe(false)
    const [entry] = readZip(zipped.bytes, 'malware')
    expect(entry?.name).toBe('évil.exe')
    expect(entry?.bytes.equals(content)).toBe(true)
    expect((await bytesAt(`${path}/${attachment._id}/download?asZip=perhaps`)).status).toBe(400)
  })
})

describe('attachments', () => {
  test.each(['alert', 'case'])(
    'of an %s are added, listed, shown once, downloaded and deleted',
    async (kind) => {
      const parent = await (kind === 'alert' ? createAlert(ana) : createCase(ana))
      const path = `/api/v1/${kind}/${parent._id}`
      const added = await ana.want(
        201,
        'POST',
        `${path}/attachments`,
        formOf(undefined, [
          ['attachments', 'one', 'a.txt'],
          ['attachments', 'two', 'b.txt'],
        ]),
      )
      const list = () =>
        ana.query(
          { _name: kind === 'alert' ? 'getAlert' : 'getCase', idOrName: parent._id },
          { _name: 'attachments' },
        )
      expect(await list()).toEqual(added.attachments)
      const [first] = added.attachments as Json[]
      const shown = await bytesAt(`${path}/attachment/${first?._id}`)
      expect(shown.bytes.toString()).toBe('one')
      const tag = shown.headers.get('etag') ?? ''
      expect((await bytesAt(`${path}/attachment/${first?._id}`, { 'If-None-Match': tag })).status).toBe(304)
      expect(
        (await bytesAt(`${path}/attachment/${first?._id}/download`)).headers.get('content-disposition'),
      ).toMatch(/^attachment/)
      expect((await bytesAt(`/api/v1/attachment/${first?._id}/download`)).bytes.toString()).toBe('one')
      await ana.want(204, 'DELETE', `${path}/attachment/${first?._id}`)
      expect(await list()).toMatchObject([{ name: 'b.txt' }])
      expect(hive.violations()).toEqual([])
    },
  )

  test('a second one of the same name gets a number if it may, and is refused otherwise', async () => {
    const { _id } = await createCase(ana)
    const path = `/api/v1/case/${_id}/attachments`
    const form = () => formOf(undefined, [['attachments', 'x', 'report.tar.gz']])
    await ana.want(201, 'POST', path, form())
    await ana.want(400, 'POST', path, form())
    const renaming = form()
    renaming.set('canRename', 'True')
    expect(await ana.want(201, 'POST', path, renaming)).toMatchObject({
      attachments: [{ name: 'report.tar (1).gz' }],
    })
    expect(hive.violations()).toEqual([])
  })

  test('of an alert go with it into its case', async () => {
    const alert = await createAlert(ana)
    await ana.want(
      201,
      'POST',
      `/api/v1/alert/${alert._id}/attachments`,
      formOf(undefined, [['attachments', 'x', 'a.txt']]),
    )
    const opened = await ana.want(201, 'POST', `/api/v1/alert/${alert._id}/case`, {})
    const [copy] = await ana.query({ _name: 'getCase', idOrName: opened._id }, { _name: 'attachments' })
    await ana.want(204, 'DELETE', `/api/v1/alert/${alert._id}`)
    expect(
      (await bytesAt(`/api/v1/case/${opened._id}/attachment/${copy?._id}/download`)).bytes.toString(),
    ).toBe('x')
  })

  test('of the organisation need a permission to change and none to read', async () => {
    const boss = createClient(hive.url, 'boss-key')
    const form = formOf(undefined, [['attachments', 'the rules', 'rules.txt']])
    await ana.want(403, 'POST', '/api/v1/attachment', form)
    const { attachments } = await boss.want(201, 'POST', '/api/v1/attachment', form)
    const [file] = attachments as Json[]
    expect(await ana.query({ _name: 'getOrganisation', idOrName: 'acme' }, { _name: 'attachments' })).toEqual(
      attachments,
    )
    expect((await bytesAt(`/api/v1/attachment/${file?._id}`)).bytes.toString()).toBe('the rules')
    await createClient(hive.url, 'gil-key').want(404, 'GET', `/api/v1/attachment/${file?._id}`)
    await boss.want(204, 'DELETE', `/api/v1/attachment/${file?._id}`)
    expect((await bytesAt(`/api/v1/attachment/${file?._id}`)).status).toBe(404)
    expect(hive.violations()).toEqual([])
  })

  test('uploaded for later are named by a new observable', async () => {
    const { attachments } = await ana.want(
      201,
      'POST',
      '/api/v1/user/current/attachments',
      formOf(undefined, [['attachments', 'sample', 's.bin']]),
    )
    const [{ id, name, contentType }] = attachments as [{ id: string; name: string; contentType: string }]
    const { _id } = await createAlert(ana)
    const body = { dataType: 'file', attachment: { id, name, contentType } }
    expect(await ana.want(201, 'POST', `/api/v1/alert/${_id}/observable`, body)).toMatchObject([
      { attachment: { id, size: 6 } },
    ])
  })
})

test('a JSON body above ten mebibytes is a 413', async () => {
  const answer = await ana.send('POST', '/api/v1/alert', { title: 'x'.repeat(10 * 1024 * 1024) })
  expect(answer).toMatchObject({ status: 413, body: { type: 'Unknown' } })
})
