import type { Operation } from '#shared/model/operation.ts'
import type { Held } from '../analyst/outbox-port.ts'
import type { HiveState } from '../hive/hive-state.ts'
import { childOf } from './causes.ts'
import { Pauses } from './pauses.ts'
import { editedNames, partOf, wishesOf } from './wishes.ts'
import type { Change } from './wishes.ts'
import type { Wish } from './wishes.ts'

/** What is known of one decision, from the moment it is on the disk. */
export type Entry = {
  operation: Operation
  /** Parts that held at some moment since. */
  seen: Set<string>
  /** How often each part took hold by our hand. */
  counts: Map<string, number>
  /** What took hold in the same request as it did, the first time. */
  with?: ReadonlySet<string>
  /** What was to go before it when it was last taken up. */
  waited?: ReadonlySet<string>
  /** Server ids of what was made for it. */
  made: Set<string>
  /** The last time that it took hold by a request that nobody expected any more: when that left, and when it took hold. */
  late?: { leftAt: number; at: number }
  end: 'waits' | 'sent' | 'removed'
  /** Which process of this analyst wrote the receipt, and when. */
  sent?: { in: number; at: number }
}

/** One analyst as the ledger sees them: the file, not the program. */
export class Account {
  readonly login: string
  readonly held: Held = { operations: new Map(), ids: new Map(), removed: new Set() }
  readonly entries = new Map<string, Entry>()
  readonly acknowledged = new Set<string>()
  /** By what was read, when the newest state of it that arrived was taken, server's time. */
  readonly read = new Map<string, number>()
  /** By what was read, when the server last answered about it, however old its answer was. */
  readonly askedAt = new Map<string, number>()
  /** Server ids of what the network's second delivery of its requests made. */
  readonly doubled = new Set<string>()
  readonly pauses = new Pauses()
  /** Processes started so far. */
  lives = 0
  /** Calls under way by which an analyst takes something back. */
  takingBack = 0
  /** When the server, or its silence about something, last said no. */
  refusedAt = -1
  /** When this machine's clock was last set: how long ago something was read cannot be told from before that. */
  clockSetAt = -Infinity
  /** When a request last failed. */
  failedAt = -Infinity
  readonly #hive: HiveState

  constructor(login: string, hive: HiveState) {
    this.login = login
    this.#hive = hive
  }

  readonly resolve = (id: string): string => this.held.ids.get(id) ?? id

  /** In the order of the file. */
  pending(): Operation[] {
    return [...this.held.operations.values()].filter(({ state }) => state !== 'sent')
  }

  wishes(operation: Operation): Wish[] {
    const superseded = this.#superseded(operation)
    return wishesOf(operation, { hive: this.#hive, login: this.login, resolve: this.resolve, superseded })
  }

  /** Notes what holds now for everything that waits, on one alert or on all. */
  look(alertId?: string): void {
    for (const operation of this.pending()) {
      if (alertId !== undefined && this.resolve(operation.alertId) !== alertId && !makes(operation)) continue
      const entry = this.entries.get(operation.id)
      for (const { part, holds } of this.wishes(operation)) if (holds) entry?.seen.add(part)
    }
  }

  /** A state of something arrived, as of `at`. */
  noteRead(key: string, at: number, answeredAt: number): void {
    this.read.set(key, Math.max(at, this.read.get(key) ?? -1))
    this.askedAt.set(key, Math.max(answeredAt, this.askedAt.get(key) ?? -1))
  }

  #superseded(operation: Operation): ReadonlySet<string> {
    const all = [...this.held.operations.values()]
    const later = all.slice(all.findIndex(({ id }) => id === operation.id) + 1)
    const target = this.resolve(childOf(operation) ?? operation.alertId)
    const sent = later.filter(
      (other) =>
        other.kind === operation.kind &&
        (other.state === 'sending' || other.state === 'sent') &&
        this.resolve(childOf(other) ?? other.alertId) === target,
    )
    return new Set(sent.flatMap(fieldsOf))
  }
}

const makes = ({ kind }: Operation): boolean => kind === 'alert.create' || kind === 'case.create'

/** Parts of an earlier decision that this one sets anew, or takes back. */
function fieldsOf({ kind, payload, base }: Operation): string[] {
  if (kind === 'comment.edit') return ['message']
  if (!('change' in payload)) return []
  const { customFields, addTags = [], removeTags = [] } = payload.change as Change
  return [
    ...Object.keys(payload.change),
    ...editedNames(customFields, base['customFields']).map(partOf),
    ...addTags.map((tag) => `-${tag}`),
    ...removeTags.map((tag) => `+${tag}`),
  ]
}
