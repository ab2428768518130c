import type { OutboxStore } from '#main/store/ports.ts'
import type { Operation } from '#shared/model/operation.ts'
import { seededRandom } from '#tests/support/alerts/random.ts'
import type { Random } from '#tests/support/alerts/random.ts'
import { anOperation } from '#tests/support/make.ts'

/** One call on the outbox: one transaction, or one copy, or one reopening. */
export type Step =
  | { do: 'append' | 'update'; operations: Operation[] }
  | { do: 'remove'; ids: string[] }
  | { do: 'map'; pairs: [string, string][] }
  | { do: 'fact'; key: string; value: string }
  | { do: 'backup' | 'reopen' }

type Draft = { random: Random; steps: Step[]; waiting: Operation[]; made: number }

/** A session as an analyst and the sender make it, drawn from the seed: decide, undo, send, note receipts, back up, reopen. */
export function outboxScript(seed: number, length: number): Step[] {
  const draft: Draft = { random: seededRandom(seed), steps: [], waiting: [], made: 0 }
  while (draft.steps.length < length) draw(draft)
  draft.steps.push({ do: 'backup' })
  return draft.steps
}

function draw(draft: Draft): void {
  const { random, steps, waiting } = draft
  const choice = random.below(20)
  const [oldest] = waiting
  if (choice < 9 || oldest === undefined) decide(draft, random.below(8) === 0 ? 5 : 1)
  else if (choice < 14) send(draft, oldest)
  else if (choice < 16) {
    const undone = waiting.splice(random.below(waiting.length), 1)
    steps.push({ do: 'remove', ids: undone.map(({ id }) => id) })
  } else if (choice < 18) steps.push({ do: 'fact', key: `f${random.below(3)}`, value: `at ${steps.length}` })
  else steps.push({ do: choice === 18 ? 'backup' : 'reopen' })
}

function decide(draft: Draft, count: number): void {
  const { random, steps, waiting } = draft
  const operations = Array.from({ length: count }, () => {
    const n = draft.made++
    const message = `decision ${n} `.repeat(1 + random.below(120))
    return anOperation('comment.add', { localId: `local:${n}`, message }, { id: `op-${n}`, createdAt: n })
  })
  waiting.push(...operations)
  steps.push({ do: 'append', operations })
}

/** As the runner does: the mark before the first byte, then the server's id, then the receipt. */
function send({ steps, waiting }: Draft, operation: Operation): void {
  waiting.shift()
  steps.push({ do: 'update', operations: [{ ...operation, state: 'sending', attempts: 1 }] })
  steps.push({ do: 'map', pairs: [[`local:${operation.id}`, `~${operation.id}`]] })
  const receipt = { at: steps.length, serverId: `~${operation.id}`, note: 'Sent.' }
  steps.push({ do: 'update', operations: [{ ...operation, state: 'sent', attempts: 1, receipt }] })
}

/** One step on an open outbox; `reopen` closes it and opens it again. */
export function runStep(step: Step, outbox: OutboxStore, open: () => OutboxStore): OutboxStore {
  if (step.do === 'append') outbox.append(step.operations)
  else if (step.do === 'update') outbox.update(step.operations)
  else if (step.do === 'remove') outbox.remove(step.ids)
  else if (step.do === 'map') outbox.mapIds(step.pairs)
  else if (step.do === 'fact') outbox.saveFact(step.key, step.value)
  else if (step.do === 'backup') outbox.backup()
  else {
    outbox.close()
    return open()
  }
  return outbox
}
