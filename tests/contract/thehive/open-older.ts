import { detectServer } from '#main/thehive/detect.ts'
import { openServer } from '#main/thehive/open-server.ts'
import { pageReadersOf } from '#main/thehive/page-readers.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import { keys, signal } from './harness.ts'
import type { Harness, OpenTarget } from './harness.ts'

const older =
  (flavour: 'thehive3' | 'thehive4') =>
  (version: string): OpenTarget => ({ flavour, version, open: () => openOlder({ flavour, version }) })

export const thehive3 = older('thehive3')
export const thehive4 = older('thehive4')

async function openOlder(target: { flavour: 'thehive3' | 'thehive4'; version: string }): Promise<Harness> {
  const alerts = 60
  const hive = await startStandIn({ ...target, alerts, seed: 7 })
  const detection = await detectServer({ url: hive.url }, signal)
  const context = { version: detection.version, host: 'stand-in' }
  const readers = pageReadersOf(detection.flavour)
  const connectAs = (apiKey: string, organisation?: string) =>
    openServer({ url: hive.url, apiKey, organisation }, detection, signal)
  const server = await connectAs(keys.analyst)
  return {
    ...{ target, hive, server, alerts, connectAs },
    readAlerts: (bytes, request) => readers.alerts(bytes, request, context),
    readObservables: (bytes, request) => readers.observables(bytes, request, context),
    violations: () => undefined,
    close: async () => {
      await server.close()
      await hive.stop()
    },
  }
}
