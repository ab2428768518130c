import { connectServer } from '#main/core/server-factory.ts'
import { steppedClock } from '#tests/support/sync/stepped-clock.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { Flavour } from '#tests/support/thehive/state/server-kind.ts'
import { giveBack, isWrite } from '../proxy/exchange.ts'
import { startFaultProxy } from '../proxy/fault-proxy.ts'
import type { Fault } from '../proxy/faults.ts'
import { openAnalyst } from '../rig/analyst.ts'
import type { Analyst } from '../rig/analyst.ts'
import { copyImage, quickFolder, removeFolder } from '../rig/folders.ts'
import type { World } from '../scenarios/scenario.ts'
import { Death, mortalLife } from './mortal.ts'
import type { Life } from './mortal.ts'

export type CrashRig = Awaited<ReturnType<typeof startCrashRig>>

/** One analyst who dies and comes back on the files that were left, as often as wanted, before one server that lives on. */
export async function startCrashRig(flavour: Flavour) {
  const time = steppedClock()
  const { now } = time.clock
  const hive = await startStandIn({ flavour, clock: now })
  const { signal } = new AbortController()
  const { server: hand } = await connectServer({ url: hive.url, apiKey: 'ana-key' }, signal)
  const proxy = await startFaultProxy({ target: hive.url })
  const world: World = { hive, hand, signal, kept: new Map(), now }
  const connection = { url: proxy.url, apiKey: 'ana-key' }
  let folder = quickFolder()
  let [image, life, analyst, last] = ['', undefined as Life | undefined, undefined as Analyst | undefined, 0]

  const mortality: Fault = {
    name: 'death before the answer arrives',
    leads: { to: 'heals' },
    strike: async ({ received, response, forward }) => {
      if (life === undefined || life.isOver()) return response.socket?.destroy()
      const answer = await forward()
      if (isWrite(received)) life.done(`server ${received.method} ${received.path}`)
      return giveBack(response, answer)
    },
  }
  proxy.arm({ fault: mortality, from: 0, lasting: true })

  /** A new process on the files as they are; it dies again after so many steps. */
  const begin = async (diesAfter?: number): Promise<void> => {
    const born = mortalLife(() => {
      image = quickFolder()
      copyImage(folder, image)
    })
    life = born
    born.arm(diesAfter)
    const { clock } = time
    analyst = await openAnalyst({ folder, connection, clock, kept: world.kept, between: born.between })
    const { engine } = analyst
    await time.step(0, () => engine.start())
  }
  await begin()

  return {
    ...{ flavour, hive, world },
    next: () => (last += 1),
    round: (ms: number) => time.step(ms),
    life: () => life as Life,
    analyst: () => analyst as Analyst,
    /** The dead are cleared away; what they left is opened. May die again, even while opening. */
    revive: async (diesAfter?: number): Promise<void> => {
      await analyst?.close()
      analyst = undefined
      removeFolder(folder)
      folder = image
      try {
        await begin(diesAfter)
      } catch (thrown) {
        if (!(thrown instanceof Death)) throw thrown
      }
    },
    stop: async () => {
      await analyst?.close()
      await Promise.all([hand.close(), proxy.stop()])
      await hive.stop()
      removeFolder(folder)
    },
  }
}
