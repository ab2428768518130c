import type { OperationKind } from '#shared/model/operation.ts'
import { seededRandom } from '#tests/support/alerts/random.ts'
import type { Random } from '#tests/support/alerts/random.ts'
import type { Generation } from './hive/hive-state.ts'
import { faultClasses } from './wire-faults.ts'
import type { FaultClass } from './wire-faults.ts'

/** What happens; `who` counts analysts, `pick` chooses among what is there, `value` what it becomes. Each stands for itself. */
export type Step = { wait: number } & (
  | { do: 'decide'; who: number; kind: OperationKind; pick: number; value: number }
  | { do: 'colleague'; act: ColleagueAct; pick: number; value: number }
  | { do: 'fault'; who: number; on: 'read' | 'write' | 'any'; fault: FaultClass }
  | { do: 'spell'; who: number; fault: FaultClass; ms: number }
  | { do: 'kill'; who: number; after: number; down: number }
  | { do: 'close'; who: number; down: number }
  | { do: 'clock'; who: number; by: number }
  | { do: 'take-back'; who: number; how: 'undo' | 'drop'; pick: number }
  | { do: 'retry'; who: number; pick: number }
  | { do: 'resolve'; who: number; pick: number; choice: 'mine' | 'theirs' | 'edit' }
  | { do: 'edit'; who: number; pick: number; value: number }
  | { do: 'steer'; who: number; pick: number; how: 'hold' | 'resume' | 'send' | 'up' | 'down' }
  | { do: 'reverse'; who: number; pick: number }
  | { do: 'send-now'; who: number }
  | { do: 'work-offline'; who: number; offline: boolean }
  | { do: 'resync'; who: number }
  | { do: 'look'; who: number; pick: number }
)

export const colleagueActs = [
  ...([
    'change',
    'change',
    'change',
    'handle',
    'handle',
    'retag',
    'create',
    'delete',
    'promote',
    'observe',
    'unobserve',
  ] as const),
  ...(['comment', 'change-comment', 'change-case', 'change-observable'] as const),
] as const
export type ColleagueAct = (typeof colleagueActs)[number]

export type Script = {
  seed: number
  analysts: number
  generation: Generation
  /** How late searches may be, ms. */
  lagMs: number
  /** The copy is complete when the history begins, though empty: what is on the server comes as changes. */
  filled: boolean
  /** Windows nobody looks at: their machines pull less often. */
  hidden?: boolean
  steps: Step[]
}

const dayMs = 86_400_000

/** Decisions by how often they are made; all kinds come. */
const kinds: readonly [OperationKind, number][] = [
  ['alert.update', 14],
  ['alert.create', 4],
  ['alert.promote', 4],
  ['alert.merge', 4],
  ['alert.import', 1],
  ['alert.unlink', 2],
  ['alert.read', 2],
  ['alert.follow', 2],
  ['alert.delete', 1],
  ['observable.add-values', 4],
  ['observable.add-file', 2],
  ['observable.update', 3],
  ['observable.delete', 2],
  ['comment.add', 5],
  ['comment.edit', 2],
  ['comment.delete', 1],
  ['procedure.add', 2],
  ['procedure.edit', 1],
  ['procedure.delete', 1],
  ['attachment.add', 2],
  ['attachment.delete', 1],
  ['case.create', 3],
  ['case.update', 3],
]
const weighted = kinds.flatMap(([kind, weight]) => Array<OperationKind>(weight).fill(kind))

/** The script of a seed: the same for ever. */
export function scriptOf(seed: number): Script {
  const random = seededRandom(seed)
  const isLong = random.below(60) === 0
  const analysts = isLong ? 1 + random.below(8) : random.pick([1, 1, 1, 1, 1, 2, 2, 3])
  const count = isLong ? 200 : 4 + random.below(22)
  return {
    seed,
    analysts,
    generation: random.below(5) === 0 ? 'four' : 'five',
    lagMs: random.pick([0, 0, 1_000, 15_000, 60_000]),
    filled: random.below(4) !== 0,
    steps: Array.from({ length: count }, () => step(random, analysts)),
    hidden: random.below(2) === 0,
  }
}

function waitOf(random: Random): number {
  const chance = random.below(20)
  if (chance < 10) return random.below(2_000)
  if (chance < 17) return random.below(12_000)
  return random.below(45_000)
}

function step(random: Random, analysts: number): Step {
  const wait = waitOf(random)
  const who = random.below(analysts)
  const [pick, value] = [random.below(1_000), random.below(1_000)]
  const chance = random.below(100)
  if (chance < 46) return { wait, do: 'decide', who, kind: random.pick(weighted), pick, value }
  if (chance < 57) return { wait, do: 'colleague', act: random.pick(colleagueActs), pick, value }
  if (chance < 76) {
    const on = random.pick(['write', 'write', 'write', 'read', 'any'] as const)
    return { wait, do: 'fault', who, on, fault: random.pick(faultClasses) }
  }
  return rareStep(random, { wait, who, pick }, value)
}

function rareStep(random: Random, at: { wait: number; who: number; pick: number }, value: number): Step {
  const { pick, ...base } = at
  const down = random.below(20_000)
  switch (random.below(22)) {
    case 0:
    case 1:
    case 2:
    case 3:
      return { ...base, do: 'kill', after: random.below(60), down }
    case 4:
      return { ...base, do: 'close', down }
    case 5:
      return { ...base, do: 'clock', by: random.pick([-dayMs, dayMs, -3_600_000, 3_600_000]) }
    case 6:
    case 7:
      return { ...base, do: 'take-back', how: 'undo', pick }
    case 8:
      return { ...base, do: 'take-back', how: 'drop', pick }
    case 9:
      return { ...base, do: 'retry', pick }
    case 10:
    case 11:
      return { ...base, do: 'resolve', pick, choice: random.pick(['mine', 'theirs', 'edit']) }
    case 12:
      return { ...base, do: 'send-now' }
    case 13:
      return { ...base, do: 'work-offline', offline: random.below(2) === 0 }
    case 14:
      return random.below(3) === 0
        ? { ...base, do: 'resync' }
        : { ...base, do: 'spell', fault: random.pick(faultClasses), ms: random.below(30_000) }
    case 15:
    case 16:
    case 17:
      return { ...base, do: 'edit', pick, value }
    case 18:
    case 19:
      return { ...base, do: 'steer', pick, how: random.pick(['hold', 'resume', 'send', 'up', 'down']) }
    case 20:
      return { ...base, do: 'reverse', pick }
    default:
      return { ...base, do: 'look', pick }
  }
}
