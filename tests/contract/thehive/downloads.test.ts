import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Observable } from '#shared/model/observable.ts'
import { signal } from './harness.ts'
import { oddServers, wireObservable } from './odd-server.ts'

const { connect } = oddServers()
const sha256 = 'ab'.repeat(32)

const observable = (size: number, hash = sha256): Observable => ({
  ...{ id: '~2', dataType: 'file', tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false },
  ...{ ignoreSimilarity: false, createdAt: 1, createdBy: 'ana' },
  attachment: { name: '../../etc/passwd', size, contentType: 'text/html', sha256: hash },
})
const path = `GET /api/v1/observable/~2/attachment/${sha256}/download`
const file = (size: number) => ({ alertId: '~1', observable: observable(size), as: 'file' as const })

describe('a download', () => {
  it('asks by the hash, for the file or the zip of it', async () => {
    const { server, noted } = await connect({ [path]: () => ({ body: Buffer.from('abc') }) })
    const found = await server.download(file(3), signal)
    expect((await buffer(found.bytes)).toString()).toBe('abc')
    const zip = await server.download({ ...file(3), as: 'zip' }, signal)
    zip.bytes.destroy()
    expect(noted.map(({ url }) => new URL(url, 'http://h').searchParams.get('asZip'))).toEqual([
      'false',
      'true',
    ])
    expect(noted[0]?.headers['accept-encoding']).toBe('identity')
  })

  it('of a file without a known hash asks the server for its id first', async () => {
    const attachment = { _id: '~9', name: 'n', size: 3, contentType: 'text/plain', hashes: [] }
    const { server } = await connect({
      'GET /api/v1/observable/~2': () => ({ body: { ...wireObservable('x'), attachment } }),
      'GET /api/v1/observable/~2/attachment/~9/download': () => ({ body: Buffer.from('abc') }),
    })
    const target = { ...file(3), observable: observable(3, '') }
    expect((await buffer((await server.download(target, signal)).bytes)).toString()).toBe('abc')
  })

  it('that is longer or shorter than the file is broken off', async () => {
    for (const size of [2, 4]) {
      const { server } = await connect({ [path]: () => ({ body: Readable.from([Buffer.from('abc')]) }) })
      const { bytes } = await server.download(file(size), signal)
      await expect(buffer(bytes)).rejects.toMatchObject({ kind: 'unexpected-shape' })
    }
  })

  it('that never ends is broken off at its bound', async () => {
    const { server } = await connect({
      [path]: () => ({
        body: new Readable({
          read() {
            this.push(Buffer.alloc(64 * 1024))
          },
        }),
      }),
    })
    const { bytes } = await server.download({ ...file(1_000), as: 'zip' }, signal)
    await expect(buffer(bytes)).rejects.toMatchObject({ kind: 'unexpected-shape' })
  })

  it('packed against the request is bounded by what it unpacks to', async () => {
    const body = gzipSync(Buffer.alloc(50 * 1024 * 1024))
    const { server } = await connect({ [path]: () => ({ headers: { 'content-encoding': 'gzip' }, body }) })
    const { bytes, size } = await server.download(file(1_000), signal)
    expect(size).toBeUndefined()
    await expect(buffer(bytes)).rejects.toMatchObject({ kind: 'unexpected-shape' })
  })

  it('of which the connection breaks says so with a typed error', async () => {
    const { server } = await connect({
      [path]: () => ({
        headers: { 'content-length': '1000' },
        body: Readable.from(
          (async function* () {
            yield Buffer.alloc(10)
            throw new Error('the server dies')
          })(),
        ),
      }),
    })
    const { bytes } = await server.download(file(1_000), signal)
    await expect(buffer(bytes)).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('ends with the analyst’s cancel', async () => {
    const { server } = await connect({ [path]: () => ({ body: new Readable({ read: () => undefined }) }) })
    const cancel = new AbortController()
    const running = server.download(file(1_000), cancel.signal)
    cancel.abort()
    await expect(running.then(({ bytes }) => buffer(bytes))).rejects.toMatchObject({ kind: 'cancelled' })
  })

  it('of an observable without a file is refused', async () => {
    const { server, noted } = await connect({})
    const { attachment: _, ...none } = observable(3)
    await expect(server.download({ ...file(3), observable: none }, signal)).rejects.toMatchObject({
      kind: 'rejected',
    })
    expect(noted).toEqual([])
  })
})
