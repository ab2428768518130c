import { Readable } from 'node:stream'
import type { Transform } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { brotliCompressSync, createDeflate, createGzip, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { openSession } from '#main/thehive/session.ts'
import type { HttpRequest } from '#main/thehive/session.ts'
import { signal } from './harness.ts'
import { oddServers, wireAlert } from './odd-server.ts'
import type { OddAnswer } from './odd-server.ts'

const { start, connect } = oddServers()
const mebibyte = 1024 * 1024

async function ask(answer: OddAnswer, request: Partial<HttpRequest> = {}): Promise<unknown> {
  const { url } = await start({ 'GET /': () => answer })
  const session = openSession({ url, apiKey: 'sekret-5678' })
  return session
    .send({ method: 'GET', path: '/', ...request }, signal)
    .catch((thrown: unknown) => thrown)
    .finally(() => session.close())
}

/** A bomb: a little that becomes very much, itself never whole in memory. */
const bomb = (packer: Transform): Promise<Buffer> => {
  const chunk = Buffer.alloc(mebibyte, 0x20)
  return buffer(Readable.from(Array.from({ length: 200 }, () => chunk)).pipe(packer))
}

describe('an answer that leads elsewhere', () => {
  it.each([301, 302, 303, 307, 308])(
    'with status %i is refused: neither key nor body follows',
    async (status) => {
      const elsewhere = await start({})
      const { url } = await start({
        'POST /api/v1/alert': () => ({ status, headers: { location: `${elsewhere.url}/api/v1/alert` } }),
      })
      const session = openSession({ url, apiKey: 'sekret-5678' })
      const sent = session.send({ method: 'POST', path: '/api/v1/alert', json: { title: 'x' } }, signal)
      await expect(sent).rejects.toMatchObject({
        kind: 'rejected',
        message: expect.stringContaining(elsewhere.url),
      })
      await session.close()
      expect(elsewhere.noted).toEqual([])
    },
  )
})

describe('a packed answer', () => {
  const body = Buffer.from(JSON.stringify({ ok: true }))
  it.each([
    ['gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['br', brotliCompressSync(body)],
    ['identity', body],
  ])('in %s is read', async (encoding, packed) => {
    const answer = await ask({ headers: { 'content-encoding': encoding }, body: packed })
    expect(Buffer.from((answer as { body: Uint8Array }).body).toString()).toBe('{"ok":true}')
  })

  it.each([
    ['gzip', createGzip],
    ['deflate', createDeflate],
  ] as const)('in %s that unpacks beyond its bound is not unpacked to its end', async (encoding, create) => {
    const before = process.memoryUsage().arrayBuffers
    const packed = await bomb(create())
    expect(packed.length).toBeLessThan(mebibyte)
    const answer = await ask(
      { headers: { 'content-encoding': encoding }, body: packed },
      { limit: 4 * mebibyte },
    )
    expect(answer).toMatchObject({
      kind: 'unexpected-shape',
      message: expect.stringContaining('larger than 4 MB'),
    })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * mebibyte)
  })

  it('with a refusal is unpacked no further than is shown', async () => {
    const answer = await ask({
      status: 400,
      headers: { 'content-encoding': 'gzip' },
      body: await bomb(createGzip()),
    })
    expect(answer).toMatchObject({ kind: 'rejected', details: { status: 400 } })
  })

  it('that is cut off or no such packing at all is of an unexpected shape or unknown fate, never a success', async () => {
    const cut = gzipSync(Buffer.from(JSON.stringify(wireAlert))).subarray(0, 40)
    for (const packed of [cut, Buffer.from('not packed')]) {
      const answer = await ask({ headers: { 'content-encoding': 'gzip' }, body: packed })
      expect(answer).toMatchObject({ kind: 'unexpected-shape', details: { sent: true } })
    }
    const unknown = await ask({ headers: { 'content-encoding': 'zstd-x' }, body: Buffer.from('x') })
    expect(unknown).toMatchObject({ kind: 'unexpected-shape' })
  })
})

describe('an answer that does not end', () => {
  it('is read to its bound and no further', async () => {
    let sent = 0
    const endless = new Readable({
      read() {
        sent += 256 * 1024
        this.push(Buffer.alloc(256 * 1024))
      },
    })
    const answer = await ask({ body: endless }, { limit: mebibyte })
    expect(answer).toMatchObject({
      kind: 'unexpected-shape',
      message: expect.stringContaining('larger than 1 MB'),
    })
    expect(sent).toBeLessThan(64 * mebibyte)
  })
})

describe('an alert of 10 MB', () => {
  it('is read like any other', async () => {
    const description = 'x'.repeat(10 * mebibyte)
    const { server } = await connect({
      'GET /api/v1/alert/~1': () => ({ body: { ...wireAlert, description } }),
    })
    expect((await server.alert('~1', signal))?.description.length).toBe(10 * mebibyte)
  })
})

describe('an answer in another shape than promised', () => {
  const shapes: [string, OddAnswer, string][] = [
    [
      'a web page',
      { headers: { 'content-type': 'text/html' }, body: Buffer.from('<html>Sign in</html>') },
      'a web page',
    ],
    ['nothing', {}, 'nothing'],
    ['cut-off JSON', { body: Buffer.from(JSON.stringify(wireAlert).slice(0, 60)) }, 'not JSON'],
    ['a list where one thing was due', { body: [wireAlert] }, 'cannot read'],
    ['a text', { body: 'ok' }, 'cannot read'],
    ['null', { body: null }, 'cannot read'],
    [
      'an alert without its id',
      { body: { ...wireAlert, _id: undefined } },
      '"_id" should be text, but is missing',
    ],
    ['a number as text', { body: { ...wireAlert, severity: '3' } }, '"severity" should be'],
    ['an unknown severity', { body: { ...wireAlert, severity: 9 } }, '"severity" should be'],
    ['an unknown TLP', { body: { ...wireAlert, tlp: 9 } }, '"tlp" should be'],
    ['an unknown stage', { body: { ...wireAlert, stage: 'Archived' } }, '"stage" should be'],
  ]

  it.each(shapes)('%s: says so, and that the server was asked', async (_, answer, said) => {
    const { server } = await connect({ 'GET /api/v1/alert/~1': () => answer })
    await expect(server.alert('~1', signal)).rejects.toMatchObject({
      kind: 'unexpected-shape',
      message: expect.stringContaining(said),
      details: { sent: true },
    })
  })

  it('a status nobody has heard of is simply a status', async () => {
    const { server } = await connect({
      'GET /api/v1/alert/~1': () => ({ body: { ...wireAlert, status: '🐝 Späh' } }),
    })
    expect(await server.alert('~1', signal)).toMatchObject({ status: '🐝 Späh', stage: 'New' })
  })

  it.each([
    [1e300, 9_999_999_999_999],
    [-1e300, 0],
    [-11_644_473_600_000, 0],
    [1_700_000_000_000_000_000, 9_999_999_999_999],
    [1.6, 2],
    [123, 123],
  ])('a date of %d is shown as the nearest the queue has', async (date, shown) => {
    const { server } = await connect({ 'GET /api/v1/alert/~1': () => ({ body: { ...wireAlert, date } }) })
    const alert = await server.alert('~1', signal)
    expect(alert?.date).toBe(shown)
    expect(() => new Date(alert?.date ?? NaN).toISOString()).not.toThrow()
  })
})
