import { connectServer } from '#main/core/server-factory.ts'
import { steppedClock } from '#tests/support/sync/stepped-clock.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { Flavour } from '#tests/support/thehive/state/server-kind.ts'
import { startFaultProxy } from '../proxy/fault-proxy.ts'
import type { Certificates } from '../proxy/fault-proxy.ts'
import { openAnalyst } from '../rig/analyst.ts'
import { getOnline } from '../rig/drive.ts'
import { quickFolder, removeFolder } from '../rig/folders.ts'
import type { World } from '../scenarios/scenario.ts'

export type MatrixRig = Awaited<ReturnType<typeof startMatrixRig>>

/** One analyst behind a fault proxy, connected and at rest; a round runs when it is asked for. */
export async function startMatrixRig(flavour: Flavour, certificates?: Certificates) {
  const time = steppedClock()
  const { now } = time.clock
  const hive = await startStandIn({ flavour, clock: now })
  const { signal } = new AbortController()
  const { server: hand } = await connectServer({ url: hive.url, apiKey: 'ana-key' }, signal)
  const proxy = await startFaultProxy({ target: hive.url, certificates })
  const folder = quickFolder()
  const world: World = { hive, hand, signal, kept: new Map(), now }
  const connection = { url: proxy.url, apiKey: 'ana-key', ca: certificates?.own.cert }
  const analyst = await openAnalyst({ folder, connection, clock: time.clock, kept: world.kept })
  await time.step(0, () => analyst.engine.start())
  await getOnline(analyst, time.step)
  let last = 0
  return {
    ...{ flavour, hive, proxy, analyst, world },
    /** A number no decision of this rig has had. */
    next: () => (last += 1),
    /** Time passes; then one round runs, to its end. */
    round: (ms: number) => time.step(ms),
    stop: async () => {
      await analyst.close()
      await Promise.all([hand.close(), proxy.stop()])
      await hive.stop()
      removeFolder(folder)
    },
  }
}
