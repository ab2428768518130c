import type { OperationKind } from '#shared/model/operation.ts'
import type { Script, Step } from '../simulation/script.ts'
import type { FaultClass } from '../simulation/wire-faults.ts'

type Rules = Partial<Pick<Script, 'lagMs' | 'generation'>>

const history = (steps: Step[], rules: Rules = {}, seed = 1): Script => ({
  ...{ seed, analysts: 1, generation: 'five', lagMs: 0, filled: true, steps },
  ...rules,
})

const decide = (kind: OperationKind, pick = 1, value = 1, wait = 500): Step => ({
  ...{ wait, do: 'decide', who: 0, kind, pick, value },
})
const fault = (what: FaultClass, wait = 100): Step => ({
  wait,
  do: 'fault',
  who: 0,
  on: 'write',
  fault: what,
})
const colleague = (act: Extract<Step, { do: 'colleague' }>['act'], value: number, wait = 500): Step => ({
  ...{ wait, do: 'colleague', act, pick: 1, value },
})
const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at)

/** Its answer is lost after it took hold. */
export const lost = (kind: OperationKind, rules: Rules = {}): Script[] => [
  history([fault('503-after'), decide(kind)], rules),
]
/** It fails before it took hold. */
export const failed = (kind: OperationKind, how: FaultClass): Script[] => [
  history([fault(how), decide(kind)]),
]
/** It takes hold after Forager gave up. */
export const takenLate = (kind: OperationKind): Script[] =>
  range(12).map((at) => history([fault('reset-late'), decide(kind)], {}, at + 1))
export const plain = (kind: OperationKind): Script[] => [history([decide(kind)])]

/** The process dies at every moment of a round that sends. */
export const killed = (...steps: Step[]): Script[] =>
  range(120).map((at) =>
    history([...steps, { wait: 9_000, do: 'kill', who: 0, after: 20 + at, down: 9_000 }], {}, at + 1),
  )
export const comment = decide('comment.add')
export const onOwnAlert: Step[] = [decide('alert.create', 1, 1), decide('comment.add', 3, 1, 100)]

export const sameWordsTwice: Script[] = [
  history([comment, fault('503-before', 15_000), decide('comment.add', 1, 1, 10)]),
]
/** Two fields are set and the answer is lost; a colleague sets one of them anew, and the analyst leaves it to them. */
export const settledAndPartlyThere: Script[] = [
  {
    ...{ seed: 1420, analysts: 3, generation: 'four', lagMs: 15_000, filled: true, hidden: true },
    steps: [
      { wait: 1_482, do: 'fault', who: 1, on: 'write', fault: 'timeout-after' },
      { wait: 344, do: 'decide', who: 1, kind: 'alert.update', pick: 959, value: 222 },
      { wait: 10_723, do: 'colleague', act: 'change', pick: 402, value: 256 },
    ],
  },
]
export const takenBack: Script[] = [
  history([comment, { wait: 500, do: 'take-back', who: 0, how: 'undo', pick: 0 }]),
]
export const takenBackLate: Script[] = range(12).map((at) =>
  history([
    ...[fault('503-after'), comment],
    { wait: 9_700 + 150 * at, do: 'take-back', who: 0, how: 'undo', pick: 0 },
  ]),
)
export const reopened: Script[] = [
  history([decide('alert.update', 1, 1), { wait: 500, do: 'close', who: 0, down: 500 }]),
]
export const oneAfterTheOther: Script[] = [
  history([fault('500-before'), comment, decide('alert.follow', 1, 1, 100)]),
]
export const builtOn: Script[] = [
  history([fault('500-before'), decide('alert.promote', 0, 0), decide('alert.merge', 1, 1, 100)]),
]
export const mergedThenChanged: Script[] = [
  history([fault('500-before'), decide('alert.merge', 1, 0), decide('case.update', 0, 1, 100)]),
]
export const changedThenMerged: Script[] = [
  history([fault('500-before'), decide('case.update', 0, 1), decide('alert.merge', 1, 0, 100)]),
]
/** Another decision waits when the server asks for a pause. */
export const askedForAPause: Script[] = [history([fault('429'), comment, decide('alert.follow', 2, 1, 100)])]
/** The process ends in the pause. */
export const askedForAPauseAndClosed: Script[] = [
  history([fault('429'), comment, { wait: 12_000, do: 'close', who: 0, down: 500 }]),
]
/** One change of several alerts, of which the list does not know yet. */
export const lostOfSeveral: Script[] = range(8).map((at) =>
  history([fault('503-after'), decide('alert.update', 3, 12)], { lagMs: 60_000 }, at + 1),
)
/** Pages that were searched before a decision took hold come after it was read back. */
export const echoed: Script[] = range(12).map((at) =>
  history(
    [...range(4).map((n) => decide('alert.update', n, 1, 3_000)), { ...decide('comment.add', 1, 1, 20_000) }],
    { lagMs: 60_000 },
    at + 1,
  ),
)
export const echoedInCase: Script[] = range(12).map((at) =>
  history(
    [decide('case.update', 0, 1), decide('case.update', 0, 2, 15_000), { ...comment, wait: 20_000 }],
    { lagMs: 60_000 },
    at + 1,
  ),
)
/** It is sent, but cannot be read back. */
export const notReadBack: Script[] = range(40).map((at) =>
  history(
    [
      decide('alert.update', 1, 1),
      { wait: 10_400 + 50 * at, do: 'spell', who: 0, fault: '500-before', ms: 9_000 },
      { ...comment, wait: 9_000 },
    ],
    { lagMs: 60_000 },
  ),
)
/** A colleague sets the field again once ours is there. */
export const changedAfterwards: Script[] = [
  history([decide('alert.update', 1, 1), colleague('change', 3, 40_000)]),
]
/** A colleague sets the same field meanwhile. */
export const contradicted: Script[] = [history([decide('alert.update', 1, 1), colleague('change', 3)])]
/** Another custom field of the same alert. */
export const otherFieldSet: Script[] = [history([decide('alert.update', 1, 62), colleague('handle', 6)])]
/** They change what is to be deleted. */
export const changedBeforeDeletion: Script[] = [history([decide('alert.delete'), colleague('change', 3)])]
export const contradictedAndLooked: Script[] = [
  history([
    decide('observable.update', 1, 1),
    colleague('change-observable', 5),
    { wait: 1_000, do: 'look', who: 0, pick: 1 },
  ]),
]
/** Reading back an earlier decision brings a colleague's value. */
export const readBack: Script[] = range(20).map((at) =>
  history(
    [
      comment,
      decide('observable.add-file', 1, 1, 10),
      decide('alert.update', 1, 1, 100),
      colleague('change', 3),
    ],
    { lagMs: 60_000 },
    at + 1,
  ),
)
/** Something newer, so that old rows are not read again for their neighbours' sake. */
const newer: Step[] = [colleague('create', 1), colleague('create', 2, 70_000)]

export const changedLate: Script[] = range(12).map((at) =>
  history(
    [...newer, ...range(8).map((n) => ({ ...colleague('change', n + at, 3_000), pick: n % 3 }))],
    { lagMs: 60_000 },
    at + 1,
  ),
)
export const observed: Script[] = [history([...newer, colleague('observe', 1, 90_000)])]
export const deleted: Script[] = [history([colleague('delete', 3, 30_000)])]
