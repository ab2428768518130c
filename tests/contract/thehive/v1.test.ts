import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { detectServer } from '#main/thehive/detect.ts'
import { readAlertPage, readObservablePage } from '#main/thehive/v1/page-reader.ts'
import { createV1Server } from '#main/thehive/v1/server.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import { signal } from './harness.ts'
import type { Harness } from './harness.ts'
import { readingContract } from './reading.ts'
import { writingContract } from './writing.ts'

async function openV1(version: string): Promise<Harness> {
  const alerts = 60
  const hive = await startStandIn({ alerts, seed: 7, validate: true, version })
  const detection = await detectServer({ url: hive.url }, signal)
  const context = { version: detection.version, host: 'stand-in' }
  const connectAs = (apiKey: string) => createV1Server({ url: hive.url, apiKey }, detection, signal)
  const server = await connectAs('ana-key')
  return {
    server,
    alerts,
    reader: () => connectAs('rolf-key'),
    readAlerts: (bytes, request) => readAlertPage(bytes, request, context),
    readObservables: (bytes, request) => readObservablePage(bytes, request, context),
    violations: () => (hive.validationAbsent === undefined ? hive.violations() : undefined),
    close: async () => {
      await server.close()
      await hive.stop()
    },
  }
}

describe('TheHive 5 through its v1 API', () => {
  let open: Harness | undefined
  const harness = (): Harness => {
    if (open === undefined) throw new Error('The server is not up yet')
    return open
  }
  beforeAll(async () => {
    open = await openV1('5.6.2')
  })
  afterAll(() => open?.close())

  readingContract(harness)
  writingContract(harness)

  it('sees only requests and answers its own API description allows', ({ skip }) => {
    const violations = harness().violations()
    if (violations === undefined) skip('the API description is not on this machine')
    expect(violations).toEqual([])
  })
})
