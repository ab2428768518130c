import type { Operation } from '#shared/model/operation.ts'
import type { Plan } from '../proxy/fault-proxy.ts'
import { driveToRest, getOnline, tryAgain } from '../rig/drive.ts'
import type { Effects } from '../rig/effects.ts'
import { wrongIn } from '../rig/judge.ts'
import type { Wrong } from '../rig/judge.ts'
import { decideAll } from '../scenarios/scenario.ts'
import type { Decision, Scenario } from '../scenarios/scenario.ts'
import type { MatrixRig } from './matrix-rig.ts'

/** What a cell of the matrix came to. */
export type Verdict = {
  wrong?: Wrong
  /** The proxy's own second delivery showed: the server has no key by which to notice it. */
  doubled?: boolean
  struck: number
}

export type Cell = { scenario: Scenario; plan: Plan; wanted: Effects }

/** Rounds a lasting fault is suffered before it is lifted. */
const sufferedRounds = 3
const roundMs = 20_000

/** Decisions, one fault: made, struck, lifted, and driven until nothing moves; then the server and the outbox are asked. */
export async function runCell(rig: MatrixRig, cell: Cell): Promise<Verdict> {
  const { plan, scenario } = cell
  // A fault at the last request of the cell before may have left it waiting; this one is to meet its own.
  await getOnline(rig.analyst, rig.round)
  const decisions = await decideAll(scenario, rig)
  rig.hive.reset()
  rig.proxy.arm(plan)
  await rig.analyst.book.append(decisions.map(({ operation }) => operation))
  for (let left = plan.lasting ? sufferedRounds : 1; left > 0; left -= 1) await rig.round(roundMs)
  const struck = rig.proxy.struck()
  await rig.proxy.lift()
  const wrong = await judge(rig, cell, decisions)
  if (wrong !== undefined) return { wrong, struck }
  return { struck, doubled: plan.fault.doubles === true && decisions.some(({ times }) => times() > 1) }
}

async function judge(rig: MatrixRig, cell: Cell, decisions: readonly Decision[]): Promise<Wrong | undefined> {
  const { analyst, world, hive } = rig
  if ((await driveToRest(analyst, rig.round)) === undefined) return stuck(rig)
  const why = refusalIsUntrue(cell, analyst.book.all(), decisions)
  if (why !== undefined) return { how: 'untrue', why }
  for (const refused of analyst.book.all()) tryAgain(refused, analyst, world.now)
  if ((await driveToRest(analyst, rig.round)) === undefined) return stuck(rig)
  if (analyst.book.all().length > 0) return stuck(rig)
  const { plan, scenario } = cell
  const doubles = plan.fault.doubles === true
  // What goes one by one after a refusal has other effects than what goes as one.
  const again = doubles || (plan.fault.leads.to === 'refused' && scenario.count !== undefined)
  const allowed = { keyless: doubles && scenario.keyless === true, again }
  return wrongIn(analyst, decisions, { wanted: cell.wanted, found: hive.effects(), allowed })
}

function stuck({ analyst }: MatrixRig): Wrong {
  const [waiting] = analyst.book.all()
  const { state = 'sent, but not read back', lastError } = waiting ?? {}
  return { how: 'stuck', why: `it is ${state}: ${lastError?.message ?? ''}` }
}

/** Only where the fault was a refusal may a decision stand before the analyst, and then with its reason. */
function refusalIsUntrue(
  { plan, scenario }: Cell,
  waiting: readonly Operation[],
  decisions: readonly Decision[],
): string | undefined {
  const { leads } = plan.fault
  // One refused in company is tried alone before anybody is told.
  const mustTell = leads.to === 'refused' && plan.from === 'write' && scenario.count === undefined
  if (waiting.length === 0) return mustTell ? 'a refusal was not told' : undefined
  for (const { id, state, lastError } of waiting) {
    const told = `${state}: ${lastError?.message ?? 'no reason'}`
    if (leads.to === 'heals') return `it needs the analyst: ${told}`
    if (!leads.kinds.includes(lastError?.kind ?? '')) return `another reason than the server's: ${told}`
    const times = decisions.find(({ operation }) => operation.id === id)?.times() ?? 0
    if (times > 0) return `called refused, but it took hold: ${told}`
  }
  return undefined
}
