import { connectServer } from '#main/core/server-factory.ts'
import { steppedClock } from '#tests/support/sync/stepped-clock.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import type { World } from '../scenarios/scenario.ts'
import type { ClientKind, QueueClient } from './clients/client.ts'
import { colleagueOf } from './colleague.ts'
import type { Colleague } from './colleague.ts'
import { add, countEnding, isOverwritten, nothing } from './count.ts'
import type { Counts } from './count.ts'
import { decideScript } from './decisions.ts'
import type { PeerDecision } from './decisions.ts'
import type { Script } from './script.ts'
import { startWire } from './wire.ts'
import type { Wire } from './wire.ts'

export type History = {
  counts: Counts
  /** What went wrong, a line each. */
  wrong: string[]
}

/** The script through one client: decided without a connection, sent through everything that happens, and counted on the server in the end. */
export async function runHistory(kind: ClientKind, script: Script): Promise<History> {
  const time = steppedClock()
  const clock = kind.stepped ? time.clock.now : Date.now
  const hive = await startStandIn({ flavour: 'thehive5', clock })
  const { signal } = new AbortController()
  const { server: hand } = await connectServer({ url: hive.url, apiKey: 'ana-key' }, signal)
  const world: World = { hive, hand, signal, kept: new Map(), now: clock }
  const decisions = await decideScript(script, world)
  const colleague = colleagueOf(hive, decisions)
  let client: QueueClient | undefined
  const wire = await startWire({
    ...{ target: hive.url, script },
    die: () => client?.die(),
    unheard: colleague.unheard,
  })
  try {
    client = await kind.open({ url: wire.url, wire, time })
    hive.reset()
    await client.decide(decisions)
    await colleague.first()
    wire.arm()
    const rested = await client.rest()
    const counted = await countAll(client, decisions, { hive, colleague })
    return { ...counted, counts: add(counted.counts, { ...metBy(wire), stuck: Number(!rested) }) }
  } finally {
    await client?.close()
    await Promise.all([hand.close(), wire.stop()])
    await hive.stop()
  }
}

function metBy({ met }: Wire): Pick<Counts, 'faults' | 'faultsOfReads'> {
  const faults = met.filter(({ sort }) => sort === 'writes').length
  return { faults, faultsOfReads: met.length - faults }
}

async function countAll(
  client: QueueClient,
  decisions: readonly PeerDecision[],
  { hive, colleague }: { hive: StandIn; colleague: Colleague },
): Promise<{ counts: Counts; wrong: string[] }> {
  const noted = Object.entries(hive.effects())
  const wrong: string[] = []
  let counts: Counts = nothing
  for (const decision of decisions) {
    const { isEffect, things, operation, rival } = decision
    const effects = noted.reduce((sum, [key, count]) => sum + (isEffect(key) ? count : 0), 0)
    const fate = await client.fateOf(decision)
    const more = countEnding({ effects, things: things?.(), fate })
    const theirs = colleague.wroteOn(rival?.alertId)
    const now = rival === undefined ? '' : (hive.state.find('alert', rival.alertId)?.title ?? '')
    const overwritten = theirs !== undefined && isOverwritten({ theirs, now, fate })
    const said = { ...more, overwritten: Number(overwritten), colleagues: Number(theirs !== undefined) }
    const faulty = (['lost', 'doubled', 'again', 'overwritten', 'stuck', 'untrue'] as const).filter(
      (how) => (said[how] ?? 0) > 0,
    )
    if (faulty.length > 0) wrong.push(`${operation.id} (${operation.kind}): ${faulty.join(', ')}`)
    counts = add(counts, said)
  }
  return { counts, wrong }
}
