import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Harness } from './harness.ts'
import { signal } from './harness.ts'
import { thehive5 } from './open-v1.ts'

describe('the judge of the traffic', () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await thehive5('5.6.2').open()
  })
  afterAll(() => harness.close())

  const send = (method: string, path: string, body: unknown) =>
    fetch(`${harness.hive.url}${path}`, {
      method,
      headers: { authorization: 'Bearer ana-key', 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  it('finds fault with what the API does not allow, and only with that', async ({ skip }) => {
    if (harness.violations() === undefined) skip('the API description is not on this machine')
    await harness.server.countAlerts(signal)
    expect(harness.violations()).toEqual([])
    await send('PATCH', '/api/v1/alert/~1', { severity: '4', titel: 'x' })
    const found = harness.violations() as { side: string; errors: string[] }[]
    expect(found).toMatchObject([{ side: 'request', method: 'PATCH' }])
    expect(found[0]?.errors.join()).toMatch(/titel/)
  })
})
