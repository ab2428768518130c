import type { OutboxStore } from '#main/store/ports.ts'
import type { Operation } from '#shared/model/operation.ts'
import type { Step } from './outbox-script.ts'

const factKeys = ['f0', 'f1', 'f2']

/** All that an outbox holds, as one text: equal texts are equal outboxes. */
export function contentOf(outbox: OutboxStore): string {
  const facts = factKeys.flatMap((key) => outbox.fact(key) ?? [])
  // What a cut tore out of the last, never acknowledged step may come back with doubt: it is no part of any state.
  const sure = outbox.pending().filter(({ state }) => state !== 'cannot-tell')
  return textOf([...sure, ...outbox.receipts(100_000)], outbox.idMap(), facts)
}

/** What the outbox must hold after each step: `states[0]` before the first one, `states[n]` after the nth. */
export function statesOf(steps: readonly Step[]): string[] {
  const operations = new Map<string, Operation>()
  const ids = new Map<string, string>()
  const facts = new Map<string, string>()
  const now = () =>
    textOf(
      [...operations.values()],
      ids,
      factKeys.flatMap((key) => facts.get(key) ?? []),
    )
  const states = [now()]
  for (const step of steps) {
    if (step.do === 'append' || step.do === 'update')
      for (const one of step.operations) operations.set(one.id, one)
    if (step.do === 'remove') for (const id of step.ids) operations.delete(id)
    if (step.do === 'map') for (const [local, server] of step.pairs) ids.set(local, server)
    if (step.do === 'fact') facts.set(step.key, step.value)
    states.push(now())
  }
  return states
}

function textOf(operations: readonly Operation[], ids: ReadonlyMap<string, string>, facts: string[]): string {
  const lines = operations.map(({ id, state, payload, receipt }) =>
    JSON.stringify([id, state, (payload as { message: string }).message, receipt?.serverId, receipt?.at]),
  )
  return [...lines.sort(), ...[...ids].map((pair) => pair.join(' ')).sort(), ...facts].join('\n')
}
