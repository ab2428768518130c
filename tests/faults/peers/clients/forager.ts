import { needsAttention } from '#main/domain/next-operation.ts'
import { Death, mortalLife } from '../../crash/mortal.ts'
import { openAnalyst } from '../../rig/analyst.ts'
import { getOnline, longestPauseMs } from '../../rig/drive.ts'
import { copyImage, quickFolder, removeFolder } from '../../rig/folders.ts'
import type { PeerDecision } from '../decisions.ts'
import type { ClientKind, Fate, Ground, QueueClient } from './client.ts'

const mostRounds = 80

/** Forager's own files, engine and client of TheHive, in stepped time. */
export const forager: ClientKind = { name: 'Forager', stepped: true, open }

type Life = Awaited<ReturnType<typeof beginIn>>

async function beginIn(folder: string, { url, time }: Ground) {
  const left = { folder: '' }
  const mortal = mortalLife(() => {
    left.folder = quickFolder()
    copyImage(folder, left.folder)
  })
  const analyst = await openAnalyst({
    ...{ folder, connection: { url, apiKey: 'ana-key' }, clock: time.clock },
    ...{ kept: new Map(), between: mortal.between },
  })
  await time.step(0, () => analyst.engine.start())
  return { folder, left, mortal, analyst }
}

async function open(ground: Ground): Promise<QueueClient> {
  const { time, wire } = ground
  let life = await beginIn(quickFolder(), ground)
  await getOnline(life.analyst, time.step)

  const revive = async (): Promise<void> => {
    await bury(life)
    life = await beginIn(life.left.folder, ground)
  }
  /** An outage is met once more; then it is over. */
  const passTime = async (): Promise<void> => {
    await time.step(longestPauseMs)
    if (!wire.isDown()) return
    await wire.arrived()
    await time.step(longestPauseMs)
    await wire.cameBack()
  }
  return {
    decide: async (decisions) => void (await life.analyst.book.append(decisions.map((one) => one.operation))),
    die: () => kill(life),
    rest: async () => {
      for (let done = 0; done < mostRounds; done += 1) {
        // No pause is over before what is late has arrived.
        await wire.arrived()
        if (life.mortal.isOver()) await revive()
        else if (isAtRest(life)) return true
        else await passTime()
      }
      return false
    },
    fateOf: (decision) => fateIn(life, decision),
    close: () => bury(life),
  }
}

function kill({ mortal }: Life): void {
  mortal.arm(1)
  try {
    mortal.done('the process')
  } catch (thrown) {
    if (!(thrown instanceof Death)) throw thrown
  }
}

async function bury({ analyst, folder }: Life): Promise<void> {
  await analyst.close()
  removeFolder(folder)
}

const isAtRest = ({ analyst: { book } }: Life): boolean =>
  book.all().every(needsAttention) && book.owed().length === 0

function fateIn({ analyst }: Life, { operation }: PeerDecision): Fate {
  const kept = analyst.outbox.get(operation.id)
  if (kept === undefined) return 'gone'
  if (kept.state === 'sent') return 'done'
  return kept.state === 'conflict' ? 'asked' : 'waiting'
}
