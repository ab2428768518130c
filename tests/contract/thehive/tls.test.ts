import { createServer } from 'node:https'
import type { Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { detectServer } from '#main/thehive/detect.ts'
import { selfSigned } from '#tests/support/tls/self-signed.ts'
import type { Certificate } from '#tests/support/tls/self-signed.ts'
import { signal } from './harness.ts'
import { startWeb } from './start-web.ts'

const own = selfSigned('localhost')
const otherName = selfSigned('hive.acme.example')

describe.skipIf(own === undefined || otherName === undefined)('a server behind TLS', () => {
  const servers: Server[] = []
  const urls: Record<'own' | 'other', string> = { own: '', other: '' }

  async function start(pair: Certificate): Promise<string> {
    const server = createServer(pair, (_, response) => response.end(JSON.stringify({ version: '5.6.2' })))
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `https://localhost:${(server.address() as AddressInfo).port}`
  }
  beforeAll(async () => {
    if (own === undefined || otherName === undefined) return
    urls.own = await start(own)
    urls.other = await start(otherName)
  })
  afterAll(() => {
    for (const server of servers) {
      server.close()
      server.closeAllConnections()
    }
  })

  it('with a private authority is refused until its certificate is given', async () => {
    await expect(detectServer({ url: urls.own }, signal)).rejects.toMatchObject({
      kind: 'tls',
      message: expect.stringContaining('no trusted authority has signed'),
      next: expect.stringContaining('PEM'),
      details: { sent: false },
    })
    const ca = `# our own\n${own?.cert}`
    expect(await detectServer({ url: urls.own, ca }, signal)).toMatchObject({ version: '5.6.2' })
  })

  it('made out to another name is refused even when its authority is trusted', async () => {
    await expect(detectServer({ url: urls.other, ca: otherName?.cert }, signal)).rejects.toMatchObject({
      kind: 'tls',
      message: expect.stringContaining('another name'),
    })
  })

  it('is not asked at all when the authority file holds no certificate', async () => {
    for (const ca of ['hello', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----']) {
      await expect(detectServer({ url: urls.own, ca }, signal)).rejects.toMatchObject({
        kind: 'tls',
        message: expect.stringContaining('could not be read as PEM'),
      })
    }
  })
})

describe('a server that speaks plain http where https was expected', () => {
  it('is told apart from one that is down', async () => {
    const { url, stop } = await startWeb((_, response) => response.end('{}'))
    await expect(detectServer({ url: url.replace('http:', 'https:') }, signal)).rejects.toMatchObject({
      kind: 'tls',
      message: expect.stringContaining('does not speak TLS'),
    })
    await stop()
  })
})
