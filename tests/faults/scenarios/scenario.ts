import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Operation, OperationKind, PayloadOf } from '#shared/model/operation.ts'
import type { TheHiveServer, Upload } from '#main/thehive/port.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import type { Flavour } from '#tests/support/thehive/state/server-kind.ts'
import { anInput, anOperation } from '#tests/support/make.ts'

/** What a decision is prepared with: the server as it is, and a way to it that no fault strikes. */
export type World = {
  hive: StandIn
  /** The same analyst at the server's own address. */
  hand: TheHiveServer
  signal: AbortSignal
  /** Files taken in, by specimen id. */
  kept: Map<string, Upload>
  now: () => number
}

/** One decision, and how to tell from the server's own records what came of it. */
export type Decision = {
  operation: Operation
  /** How often the server shows what was decided: 1 is what was wanted. */
  times: () => number
  /** The receipt has to name one of these, where the decision makes something. */
  madeIds?: () => (string | undefined)[]
  /** What the receipt says when the server took the decision and refused a later part of it: that part is then not looked for. */
  leftUndone?: RegExp
}

export type Scenario = {
  kind: OperationKind
  /** What it is beside its kind; empty for the plain case. */
  variant?: string
  /** TheHives that have no such thing. */
  absentIn?: readonly Flavour[]
  /** The server has no key for it: delivered twice, there are two. */
  keyless?: boolean
  /** So many are made at once, to go together where the server has a call for that; absent: one. */
  count?: number
  /** `n` is unused so far in this world; `group` is the first of those made at once. */
  decide: (world: World, n: number, group: number) => Promise<Decision>
}

/** The decisions of one trial. */
export async function decideAll(
  { decide, count = 1 }: Scenario,
  { world, next }: { world: World; next: () => number },
): Promise<Decision[]> {
  const decisions: Decision[] = []
  const group = next()
  for (let made = 0; made < count; made += 1)
    decisions.push(await decide(world, made === 0 ? group : next(), group))
  return decisions
}

export const nameOf = ({ kind, variant }: Scenario): string =>
  variant === undefined ? kind : `${kind} (${variant})`

/** An alert of its own on the server. */
export async function someAlert({ hand, signal }: World, n: number): Promise<string> {
  const input = anInput({ type: 'edr', source: 'sensor', sourceRef: `about-${n}`, title: `About ${n}` })
  return (await hand.createAlert(input, { values: [], files: [] }, signal)).id
}

/** A case of its own on the server. */
export async function someCase({ hand, signal }: World, n: number): Promise<string> {
  const words = { title: `Case ${n}`, description: '', tags: ['mail'] }
  return (await hand.createCase({ ...words, severity: 2, tlp: 'amber', pap: 'amber' }, signal)).id
}

export function decided<K extends OperationKind>(
  kind: K,
  payload: PayloadOf<K>,
  { now, n, ...over }: { now: () => number; n: number } & Partial<Operation>,
): Operation {
  const common = { id: `op-${n}`, groupId: `g-${n}`, createdAt: now(), author: 'ana@acme.example' }
  return anOperation(kind, payload, { ...common, ...over })
}

/** A file as if it had been dropped and kept. */
export function keepFile({ kept }: Pick<World, 'kept'>, name: string, bytes: Buffer) {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const contentType = 'text/plain'
  const size = bytes.length
  kept.set(name, { name, contentType, size, open: () => Readable.from([bytes]) })
  return { localId: `local:${name}`, specimenId: name, attachment: { name, size, contentType, sha256 } }
}

export const alertOn = ({ hive }: World, id: string) => hive.state.find('alert', id)
export const caseOn = ({ hive }: World, id: string) => hive.state.find('case', id)

/** A thing that is so or not, as a count. */
export const once = (isSo: boolean): number => (isSo ? 1 : 0)
