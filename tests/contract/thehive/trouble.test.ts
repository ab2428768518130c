import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { detectServer } from '#main/thehive/detect.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { readAlertPage } from '#main/thehive/v1/page-reader.ts'
import { createV1Server } from '#main/thehive/v1/server.ts'
import { fromErrorData, toErrorData } from '#shared/errors/convert.ts'
import { plainMarks } from '#tests/support/make.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { freshInput, newest, signal } from './harness.ts'
import { noInline } from './inputs.ts'
import { startWeb } from './start-web.ts'

const timeouts = { connect: 2_000, headers: 400, body: 400 }
const page = newest

describe('when something goes wrong with TheHive 5', () => {
  let hive: StandIn
  let server: TheHiveServer
  beforeAll(async () => {
    hive = await startStandIn({ alerts: 40, seed: 3 })
  })
  afterAll(() => hive.stop())
  beforeEach(async () => {
    server = await connect('ana-key')
  })
  afterEach(async () => {
    await server.close()
    hive.faults.clear()
    await hive.goOnline()
  })

  async function connect(apiKey: string, organisation?: string): Promise<TheHiveServer> {
    const connection = { url: hive.url, apiKey, organisation }
    return createV1Server(connection, await detectServer(connection, signal), signal, { timeouts })
  }
  const failNext = (rule: Parameters<typeof hive.faults.set>[0]) => hive.faults.set(rule)
  const effects = () => Object.values(hive.effects()).reduce((sum, count) => sum + count, 0)

  it('a wrong key is unauthorised, and no error ever repeats it', async () => {
    const failure = await connect('wrong-key-9f8e7d').catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ kind: 'unauthorised', next: expect.stringContaining('key') })
    expect(JSON.stringify(toErrorData(failure))).not.toContain('9f8e7d')
    expect(JSON.stringify(fromErrorData(toErrorData(failure)))).not.toContain('9f8e7d')
  })

  it('an organisation one does not belong to is refused', async () => {
    await expect(connect('ana-key', 'globex')).rejects.toMatchObject({
      kind: expect.stringMatching(/^(forbidden|unauthorised)$/),
    })
    const other = await connect('boss-key', 'globex')
    expect(other.session.organisation).toBe('globex')
    await other.close()
  })

  it('a server that is down is offline, and nothing was sent', async () => {
    await server.close()
    const { url } = hive
    const detection = { flavour: 'thehive5', version: '5.6.2', url } as const
    await hive.goOffline()
    await expect(createV1Server({ url, apiKey: 'ana-key' }, detection, signal)).rejects.toMatchObject({
      kind: 'offline',
      details: { sent: false, code: 'ECONNREFUSED' },
    })
  })

  it('a server that goes down between two requests is offline, or of unknown fate; never a success', async () => {
    await hive.goOffline()
    const failure = await server
      .createAlert(freshInput(), noInline, signal)
      .catch((thrown: unknown) => thrown)
    expect(failure).toMatchObject({ kind: expect.stringMatching(/^(offline|timeout)$/) })
  })

  it('a server that dies in the middle of a page is a timeout, never half a page', async () => {
    failNext({ failNext: [{ action: 'truncate' }] })
    await expect(server.alertPage(page, signal)).rejects.toMatchObject({
      kind: 'timeout',
      details: { sent: true },
    })
  })

  it('broken JSON, or a web page where JSON was due, is of an unexpected shape', async () => {
    failNext({ failNext: [{ action: 'malformed-json' }] })
    const bytes = await server.alertPage(page, signal)
    expect(() => readAlertPage(bytes, page, { version: '5.6.2', host: 'h' })).toThrow(/not JSON/)
    failNext({ failNext: [{ action: 'html', status: 200 }] })
    await expect(server.observables('~1', signal)).rejects.toMatchObject({
      kind: 'unexpected-shape',
      message: expect.stringContaining('a web page'),
      details: { sent: true },
    })
  })

  it('a field of the wrong type sets that alert aside, with its reason, and the page goes on', async () => {
    failNext({ failNext: [{ action: 'wrong-type', field: 'severity' }] })
    const bytes = await server.alertPage(page, signal)
    const read = readAlertPage(bytes, page, { version: '5.6.2', host: 'h' })
    expect(read.items).toHaveLength(page.limit - 1)
    expect(read.setAside).toMatchObject([
      {
        entity: 'alert',
        id: expect.stringMatching(/^~/),
        reason: expect.stringContaining('"severity" should be'),
      },
    ])
    expect(read.next).toBeDefined()
  })

  it.each([
    ['an update', (id: string) => server.updateAlert(id, { severity: 4 }, signal)],
    ['a deletion', (id: string) => server.deleteAlert(id, signal)],
    ['a word about following', (id: string) => server.follow(id, false, signal)],
  ])('a login page, given with 200, is no success of %s', async (_, write) => {
    const { id } = await server.createAlert(freshInput(), noInline, signal)
    failNext({ failNext: [{ action: 'html', status: 200 }] })
    await expect(write(id)).rejects.toMatchObject({ kind: 'unexpected-shape', details: { sent: true } })
  })

  it('a proxy that says "conflict" knows of no observable: only TheHive can say that one is there', async () => {
    const { id } = await server.createAlert(freshInput(), noInline, signal)
    failNext({ failNext: [{ action: 'html', status: 409 }] })
    const values = [{ dataType: 'ip', data: '192.0.2.44' }]
    await expect(server.addValues(id, { values, marks: plainMarks }, signal)).rejects.toMatchObject({
      kind: 'conflict',
    })
  })

  it('the clock of something in between is not taken for the server’s', async () => {
    const date = new Date(Date.now() + 86_400_000).toUTCString()
    for (const status of [200, 503]) {
      failNext({ failNext: [{ action: 'html', status, headers: { Date: date } }] })
      await expect(server.countAlerts(signal)).rejects.toThrow()
    }
    expect(server.clockAhead?.()).toBe(0)
  })

  it('an answer in drops that never ends is a timeout of unknown fate', async () => {
    const web = await startWeb((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => clearInterval(timer))
    })
    const detection = { flavour: 'thehive5', version: '5.6.2', url: web.url } as const
    const hasty = { timeouts: { ...timeouts, answer: 200 } }
    await expect(
      createV1Server({ url: web.url, apiKey: 'ana-key' }, detection, signal, hasty),
    ).rejects.toMatchObject({ kind: 'timeout', details: { sent: true } })
    await web.stop()
  })

  it('a server that never answers is a timeout of unknown fate', async () => {
    failNext({ failNext: [{ action: 'hang' }] })
    await expect(server.createAlert(freshInput(), noInline, signal)).rejects.toMatchObject({
      kind: 'timeout',
      details: { sent: true },
    })
  })

  it('a request that was cancelled is cancelled', async () => {
    failNext({ failNext: [{ action: 'hang' }, { action: 'hang' }] })
    const cancelled = new AbortController()
    const running = server.alertPage(page, cancelled.signal)
    cancelled.abort()
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' })
    await expect(server.alertPage(page, AbortSignal.timeout(30))).rejects.toMatchObject({ kind: 'timeout' })
  })

  it('a request for a pause names its length', async () => {
    failNext({ failNext: [{ action: 'status', status: 429, headers: { 'Retry-After': '7' } }] })
    await expect(server.countAlerts(signal)).rejects.toMatchObject({
      kind: 'rate-limited',
      details: { retryAfterMs: 7_000 },
    })
  })

  it.each([500, 502, 503, 504])('status %i is a server error that may have taken effect', async (status) => {
    failNext({ failNext: [{ action: 'html', status }] })
    await expect(server.createAlert(freshInput(), noInline, signal)).rejects.toMatchObject({
      kind: 'server-error',
      details: { status, sent: true },
    })
  })

  it('a connection lost after the server acted is of unknown fate, and the write is not repeated', async () => {
    const input = freshInput()
    const before = effects()
    failNext({
      failNext: [{ action: 'reset-after', match: { method: 'POST', pathRegex: '/api/v1/alert$' } }],
    })
    await expect(server.createAlert(input, noInline, signal)).rejects.toMatchObject({
      kind: 'timeout',
      details: { sent: true },
    })
    expect(effects() - before).toBe(1)
    expect(await server.alert(`${input.type};${input.source};${input.sourceRef}`, signal)).toBeDefined()
  })

  it('a 404 that TheHive did not say is no proof that an alert is gone', async () => {
    failNext({ failNext: [{ action: 'html', status: 404 }] })
    await expect(server.alert('~1', signal)).rejects.toMatchObject({ kind: 'not-found' })
  })
})
