import { detectServer } from '#main/thehive/detect.ts'
import { readAlertPage, readObservablePage } from '#main/thehive/v1/page-reader.ts'
import { createV1Server } from '#main/thehive/v1/server.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import { keys, signal } from './harness.ts'
import type { Harness, OpenTarget } from './harness.ts'

/** The version the API document at hand describes: only there are replies judged too. */
const documented = '5.6.2'

export const thehive5 = (version: string): OpenTarget => ({
  flavour: 'thehive5',
  version,
  open: () => openV1(version),
})

async function openV1(version: string): Promise<Harness> {
  const alerts = 60
  const target = { flavour: 'thehive5', version } as const
  const hive = await startStandIn({ ...target, alerts, seed: 7, validate: true })
  const detection = await detectServer({ url: hive.url }, signal)
  const context = { version: detection.version, host: 'stand-in' }
  const connectAs = (apiKey: string, organisation?: string) =>
    createV1Server({ url: hive.url, apiKey, organisation }, detection, signal)
  const server = await connectAs(keys.analyst)
  const judged = () => hive.violations().filter(({ side }) => side === 'request' || version === documented)
  return {
    ...{ target, hive, server, alerts, connectAs },
    readAlerts: (bytes, request) => readAlertPage(bytes, request, context),
    readObservables: (bytes, request) => readObservablePage(bytes, request, context),
    violations: () => (hive.validationAbsent === undefined ? judged() : undefined),
    close: async () => {
      await server.close()
      await hive.stop()
    },
  }
}
