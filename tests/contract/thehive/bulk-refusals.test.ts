import { describe, expect, it } from 'vitest'
import { signal } from './harness.ts'
import { oddServers, wireAlert } from './odd-server.ts'
import type { OddAnswers } from './odd-server.ts'

const { connect } = oddServers()
const noContent = { status: 204 }
const notFound = { status: 404, body: { type: 'NotFoundError', message: 'Alert not found' } }
const refused = { status: 400, body: { type: 'BadRequest', message: 'This status cannot be chosen' } }

/** Alerts ~1 to ~3, of which `gone` are not there any more. */
const present = (...gone: string[]): OddAnswers =>
  Object.fromEntries(
    ['~1', '~2', '~3'].map((id) => [
      `GET /api/v1/alert/${id}`,
      () => (gone.includes(id) ? notFound : { body: { ...wireAlert, _id: id } }),
    ]),
  )

const idsIn = (body: string) => (JSON.parse(body) as { ids: string[] }).ids

describe('a bulk change that is refused as a whole', () => {
  it('is sent again without the one that is gone, and as one', async () => {
    const { server, noted } = await connect({
      ...present('~2'),
      'PATCH /api/v1/alert/_bulk': (body) => (idsIn(body).includes('~2') ? notFound : noContent),
    })
    expect(await server.updateAlerts(['~3', '~2', '~1'], { severity: 4 }, signal)).toMatchObject([
      { id: '~3' },
      { id: '~2', error: { kind: 'not-found' } },
      { id: '~1' },
    ])
    const bulks = noted.filter(({ key }) => key.startsWith('PATCH')).map(({ body }) => idsIn(body))
    expect(bulks).toEqual([
      ['~3', '~2', '~1'],
      ['~3', '~1'],
    ])
  })

  it('because of one that may not change goes one by one: that one is named, the others change', async () => {
    const { server, noted } = await connect({
      ...present(),
      'PATCH /api/v1/alert/_bulk': () => refused,
      'PATCH /api/v1/alert/~1': () => noContent,
      'PATCH /api/v1/alert/~2': () => refused,
      'PATCH /api/v1/alert/~3': () => noContent,
    })
    const results = await server.updateAlerts(['~1', '~2', '~3'], { status: 'Imported' }, signal)
    expect(results.map(({ error }) => error?.kind)).toEqual([undefined, 'rejected', undefined])
    expect(results[1]?.error?.details?.['serverMessage']).toBe('This status cannot be chosen')
    const looked = noted.findIndex(({ key }) => key === 'GET /api/v1/alert/~1')
    const changed = noted.findIndex(({ key }) => key === 'PATCH /api/v1/alert/~1')
    expect(looked).toBeGreaterThan(-1)
    expect(looked).toBeLessThan(changed)
  })

  it('by something other than TheHive, or by a broken server, is told as it is and nothing is repeated', async () => {
    const html = { headers: { 'content-type': 'text/html' }, body: Buffer.from('<html></html>') }
    for (const [answer, kind] of [
      [{ status: 400, ...html }, 'rejected'],
      [{ status: 404, ...html }, 'not-found'],
      [{ status: 503, ...html }, 'server-error'],
      [{ status: 403, body: { type: 'AuthorizationError', message: 'no' } }, 'forbidden'],
    ] as const) {
      const { server, noted } = await connect({ ...present(), 'PATCH /api/v1/alert/_bulk': () => answer })
      await expect(server.updateAlerts(['~1', '~2'], { severity: 4 }, signal)).rejects.toMatchObject({ kind })
      expect(noted).toHaveLength(1)
    }
  })

  it('names an id asked for twice both times', async () => {
    const { server, noted } = await connect({ 'PATCH /api/v1/alert/_bulk': () => noContent })
    const results = await server.updateAlerts(['~1', '~1'], { severity: 4 }, signal)
    expect(results).toEqual([{ id: '~1' }, { id: '~1' }])
    expect(idsIn(noted[0]?.body ?? '')).toEqual(['~1'])
  })
})

describe('a bulk deletion of which some are gone already', () => {
  it('deletes the others and counts all as done', async () => {
    const { server } = await connect({
      ...present('~1', '~2'),
      'POST /api/v1/alert/delete/_bulk': (body) => (idsIn(body).length > 1 ? notFound : noContent),
    })
    expect(await server.deleteAlerts(['~1', '~2', '~3'], signal)).toEqual([
      { id: '~1' },
      { id: '~2' },
      { id: '~3' },
    ])
  })
})

describe('an alert on a path the server does not know', () => {
  it('is not taken for gone', async () => {
    const { server } = await connect({
      'GET /api/v1/alert/~1': () => ({
        status: 404,
        body: { type: 'NotFound', message: '/api/v1/alert/~1' },
      }),
      'DELETE /api/v1/alert/~1': () => ({
        status: 404,
        body: { type: 'NotFound', message: '/api/v1/alert/~1' },
      }),
    })
    await expect(server.alert('~1', signal)).rejects.toMatchObject({ kind: 'not-found' })
    await expect(server.deleteAlert('~1', signal)).rejects.toMatchObject({ kind: 'not-found' })
  })
})
