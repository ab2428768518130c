import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startFaultProxy } from '#tests/faults/proxy/fault-proxy.ts'
import type { FaultProxy } from '#tests/faults/proxy/fault-proxy.ts'
import { faults } from '#tests/faults/proxy/faults.ts'

/** How often the server behind is reached, by what it is asked. */
let delivered: string[]
let server: Server
let proxy: FaultProxy

beforeEach(async () => {
  delivered = []
  server = createServer((request, response) => {
    delivered.push(`${request.method} ${request.url}`)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ answer: 'x'.repeat(200) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  proxy = await startFaultProxy({ target: `http://127.0.0.1:${port}` })
})

afterEach(async () => {
  await proxy.stop()
  server.closeAllConnections()
  server.close()
})

/** Ms until a client gives up where nothing ends. */
const impatient = 500
const patience = (ms: number) => ({ signal: AbortSignal.timeout(ms) })
const ask = async (path = '/read') => {
  const answer = await fetch(proxy.url + path, patience(10_000))
  return { status: answer.status, text: await answer.text() }
}
const write = async (ms = 10_000) => {
  const answer = await fetch(`${proxy.url}/write`, { method: 'PATCH', redirect: 'manual', ...patience(ms) })
  return { status: answer.status, text: await answer.text() }
}

/** What a client sees, and how often the server behind hears of the request. */
const table: Record<string, { sees: number | 'a break'; times: number; whole?: boolean }> = {
  'connection refused': { sees: 'a break', times: 0 },
  'reset before headers': { sees: 'a break', times: 0 },
  'reply lost after commit': { sees: 'a break', times: 1 },
  'closed without a word after commit': { sees: 'a break', times: 1 },
  'half-open, nothing done': { sees: 'a break', times: 0 },
  'half-open after commit': { sees: 'a break', times: 1 },
  truncated: { sees: 'a break', times: 1 },
  'truncated, stated as whole': { sees: 200, times: 1, whole: false },
  ...Object.fromEntries(
    [500, 502, 503, 504].flatMap((sees) => [
      [`${sees} before commit`, { sees, times: 0 }],
      [`${sees} after commit`, { sees, times: 1 }],
    ]),
  ),
  '429 before commit': { sees: 429, times: 0 },
  '429 retry-after': { sees: 429, times: 0 },
  '401 before commit': { sees: 401, times: 0 },
  '403 before commit': { sees: 403, times: 0 },
  '404 before commit': { sees: 404, times: 0 },
  '409 before commit': { sees: 409, times: 0 },
  '413 before commit': { sees: 413, times: 0 },
  '200 with a login page': { sees: 200, times: 0, whole: false },
  'redirect to another host': { sees: 302, times: 0 },
  'slow drip': { sees: 200, times: 1, whole: true },
  'endless drip of a body': { sees: 'a break', times: 1 },
  'endless drip of headers': { sees: 'a break', times: 1 },
  'delivered twice, the first answer given': { sees: 200, times: 2, whole: true },
  'delivered twice, the second answer given': { sees: 200, times: 2, whole: true },
}

describe('the fault proxy', () => {
  it('passes on what it is told nothing about', async () => {
    expect(await ask()).toMatchObject({ status: 200 })
    expect(delivered).toEqual(['GET /read'])
  })

  it.each(faults)('does what it says: $name', async (fault) => {
    const wanted = table[fault.name]
    if (wanted === undefined) expect.fail(`no row for ${fault.name}`)
    await ask()
    delivered.length = 0
    proxy.arm({ fault, from: fault.strike === undefined ? 1 : 'write', lasting: false })
    await ask()
    const seen = await write(/half-open|endless/.test(fault.name) ? impatient : undefined).catch(
      () => undefined,
    )
    expect(seen?.status ?? 'a break').toBe(wanted.sees)
    if (wanted.whole !== undefined) expect(seen?.text.endsWith('"}')).toBe(wanted.whole)
    expect(delivered.filter((one) => one === 'PATCH /write')).toHaveLength(wanted.times)
    expect(proxy.struck()).toBe(1)
    await proxy.lift()
    expect(await write()).toMatchObject({ status: 200 })
  })

  it('strikes the request of that number alone, or it and all later ones', async () => {
    const fault = faults.find(({ name }) => name === '503 before commit')!
    const statuses = async (lasting: boolean) => {
      proxy.arm({ fault, from: 1, lasting })
      const seen = [await ask(), await ask(), await ask()].map(({ status }) => status)
      await proxy.lift()
      return seen
    }
    expect(await statuses(false)).toEqual([200, 503, 200])
    expect(await statuses(true)).toEqual([200, 503, 503])
  })
})
