import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Analyst } from './analyst/analyst.ts'
import { Died } from './analyst/outbox-port.ts'
import type { HiveState } from './hive/hive-state.ts'
import type { Ledger } from './ledger/ledger.ts'

export type Stage = { hive: HiveState; ledger: Ledger; analysts: readonly Analyst[] }

/** Whoever takes something back may make decisions vanish from the outbox meanwhile. */
export async function takeBack(work: () => Promise<unknown>, analyst: Analyst, stage: Stage): Promise<void> {
  const { account } = analyst
  account.takingBack += 1
  const settled = attempt(work, analyst, stage).then(() => {
    account.takingBack = Math.max(0, account.takingBack - 1)
  })
  await Promise.race([settled, stage.hive.world.pass(0)])
}

/** What the product refuses is refused; everything else that is thrown is a finding. */
export async function attempt(
  work: () => Promise<unknown>,
  { login }: Analyst,
  { ledger }: Stage,
): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    if (thrown instanceof Died) return
    if (!(thrown instanceof ForagerError) || thrown.kind === 'bug')
      ledger.find(
        'stuck',
        `${login}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`,
      )
  }
}

export const at = <T>(items: readonly T[], pick: number): T | undefined =>
  items[pick % Math.max(1, items.length)]
