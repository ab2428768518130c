import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { testConnection } from '#main/core/server-factory.ts'

it.each([
  ['TheHive 4', { versions: { Scalligraph: '4.1.24', TheHive: '4.1.24-1', Play: '2.8' } }],
  ['TheHive 3', { versions: { TheHive: '3.5.2', Elastic4Play: '1.13.6', ElasticSearch: '7' } }],
])('%s is recognised and refused by name, not tried with the wrong words', async (name, status) => {
  const server = createServer((request, response) => {
    const known = request.url === '/api/status'
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify(known ? { ...status, connectors: {}, config: {} } : { type: 'NotFound', message: '' }),
    )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const test = testConnection({ url, apiKey: 'k' }, AbortSignal.timeout(10_000))
  await expect(test).rejects.toMatchObject({
    kind: 'rejected',
    message: expect.stringContaining(name) as string,
  })
  server.close()
})
