import { buffer } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import type { IncomingMessage } from 'node:http'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { openSession } from '#main/thehive/session.ts'
import { createV1Server } from '#main/thehive/v1/server.ts'
import { signal } from './harness.ts'
import { noInline } from './inputs.ts'
import { startWeb } from './start-web.ts'

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

type Answer = { status?: number; body: unknown }
type Answers = Record<string, (body: string) => Answer>

const user = {
  login: 'ana',
  name: 'Ana',
  organisation: 'acme',
  organisations: [],
  permissions: ['manageAlert'],
}
const marks = { tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false } as const
const noted: { key: string; body: string }[] = []

/** A server that answers as no stand-in would: old versions, unusual wording. */
async function connect(answers: Answers, version = '5.6.2', organisation?: string): Promise<TheHiveServer> {
  const known: Answers = {
    'GET /api/v1/user/current': () => ({ body: user }),
    'GET /api/v1/status': () => ({ body: { license: { isValid: true } } }),
    ...answers,
  }
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const key = `${request.method} ${request.url?.replace(/\?.*/, '')}`
    const body = (await buffer(request)).toString()
    noted.push({ key, body })
    return known[key]?.(body) ?? { status: 404, body: { type: 'NotFoundError', message: key } }
  }
  const { url, stop } = await startWeb((request, response) => {
    void answer(request).then(({ status = 200, body }) => {
      response.writeHead(status).end(body === undefined ? '' : JSON.stringify(body))
    })
  })
  stops.push(stop)
  const detection = { flavour: 'thehive5', version, url } as const
  const server = await createV1Server({ url, apiKey: 'k', organisation }, detection, signal)
  stops.unshift(() => server.close())
  return server
}

const alert = {
  ...{ _id: '~1', _createdBy: 'ana', _createdAt: 1, type: 't', source: 's', sourceRef: 'r', title: 'x' },
  ...{ description: '', severity: 2, date: 1, tlp: 2, pap: 2, status: 'New', stage: 'New', tags: ['a', 'b'] },
}
const observable = (data: string) => ({
  ...{ _id: `~${data}`, _createdBy: 'ana', _createdAt: 1, dataType: 'domain', data, tlp: 2, pap: 2 },
})

describe('a server that refuses several values as a whole', () => {
  const refusal = { status: 400, body: { type: 'CreateError', message: 'Observable already exists' } }
  const values = ['one.example', 'two.example'].map((data) => ({ dataType: 'domain', data }))

  it('is asked which of them it has: only those count as there', async () => {
    const server = await connect({
      'POST /api/v1/alert/~1/observable': () => refusal,
      'POST /api/v1/query': () => ({ body: [observable('two.example')] }),
    })
    const { added, failed } = await server.addValues('~1', { values, marks: { ...marks, tags: [] } }, signal)
    expect(added).toEqual([])
    expect(failed.map(({ data, alreadyThere }) => [data, alreadyThere])).toEqual([
      ['one.example', false],
      ['two.example', true],
    ])
  })

  it('with one value means that one', async () => {
    const server = await connect({ 'POST /api/v1/alert/~1/observable': () => refusal })
    const one = { values: values.slice(0, 1), marks: { ...marks, tags: [] } }
    expect((await server.addValues('~1', one, signal)).failed).toMatchObject([{ alreadyThere: true }])
  })
})

describe('a duplicate alert', () => {
  it('is recognised by its twin even when the server only says "bad request"', async () => {
    const server = await connect({
      'POST /api/v1/alert': () => ({ status: 400, body: { type: 'BadRequest', message: 'no' } }),
      'GET /api/v1/alert/t%3Bs%3Br': () => ({ body: alert }),
    })
    const input = { ...{ type: 't', source: 's', sourceRef: 'r', title: 'x', description: '' } }
    const markings = { severity: 2, tlp: 'amber', pap: 'amber', tags: [] } as const
    const given = { ...input, ...markings, tags: [] }
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
  it('gets the whole list of tags', async () => {
    const server = await connect(
      {
        'GET /api/v1/alert/~1': () => ({ body: alert }),
        'PATCH /api/v1/alert/~1': () => ({ status: 204, body: undefined }),
      },
      '5.0.12',
    )
    await server.updateAlert('~1', { addTags: ['c'], removeTags: ['a'], tlp: 'red' }, signal)
    expect(JSON.parse(noted.at(-1)?.body ?? '')).toEqual({ tags: ['b', 'c'], tlp: 3 })
    expect(server.session.capabilities).toMatchObject({ assignee: false, createAlert: true })
  })
})

describe('a connection', () => {
  it('says why nothing can be written when the licence is not valid', async () => {
    const server = await connect({
      'GET /api/v1/status': () => ({ body: { license: { isValid: false, error: 'trial over' } } }),
    })
    expect(server.session.capabilities.readOnlyReason).toContain('trial over')
  })

  it('to another organisation than asked for is refused, naming those there are', async () => {
    await expect(connect({}, '5.6.2', 'globex')).rejects.toMatchObject({
      kind: 'forbidden',
      message: expect.stringContaining('globex'),
      next: expect.stringContaining('acme'),
    })
  })

  it('never shows a key the server repeats', async () => {
    const { url, stop } = await startWeb((request, response) => {
      response
        .writeHead(400)
        .end(JSON.stringify({ type: 'BadRequest', message: request.headers.authorization }))
    })
    stops.push(stop)
    const session = openSession({ url, apiKey: 'sekret-1234' })
    const failure = await session
      .send({ method: 'GET', path: '/' }, signal)
      .catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ kind: 'rejected', details: { serverMessage: 'Bearer •••' } })
    await session.close()
  })

  it('stops reading an answer that grows beyond its bound', async () => {
    const { url, stop } = await startWeb((_, response) => {
      const more = () => void response.write(Buffer.alloc(256 * 1024), () => !response.destroyed && more())
      more()
    })
    stops.push(stop)
    const session = openSession({ url, apiKey: 'k' })
    await expect(
      session.send({ method: 'GET', path: '/', limit: 1024 * 1024 }, signal),
    ).rejects.toMatchObject({
      kind: 'unexpected-shape',
      message: expect.stringContaining('larger than 1 MB'),
    })
    await session.close()
  })
})
