import { AuditBook } from '../audit/audit-book.ts'
import { createStreams, usualTimes, type Streams } from '../audit/streams.ts'
import { BlobStore } from './blob-store.ts'
import { createClock, type HiveClock } from './clock.ts'
import { alertDigest, documentId, type Reference } from './older-ids.ts'
import type { ServerKind } from './server-kind.ts'
import { Space } from './space.ts'
import type * as T from './types.ts'

export type Entity =
  T.Alert | T.Case | T.Observable | T.Comment | T.Procedure | T.Attachment | T.Task | T.Log | T.Page

/** Eight digits for the first seven million ids: text order and number order agree, as on a middle-aged server. */
const firstId = 40_000_000
const idStep = 8

/** Everything the hive knows. Rules live in semantics/; this only keeps records and their indexes consistent. */
export class HiveState {
  readonly clock: HiveClock
  readonly server: ServerKind
  readonly blobs = new BlobStore()
  readonly spaces = new Map<string, Space>()
  readonly organisations: T.Organisation[] = []
  readonly profiles: T.Profile[] = []
  readonly users: T.User[] = []
  /** Who logged in, by the value of their session cookie. */
  readonly sessions = new Map<string, T.User>()
  readonly alertStatuses: T.StatusDefinition[] = []
  readonly caseStatuses: T.StatusDefinition[] = []
  readonly caseTemplates: T.CaseTemplate[] = []
  readonly customFields: T.CustomFieldDefinition[] = []
  readonly observableTypes: T.ObservableType[] = []
  readonly patterns: T.Pattern[] = []
  readonly views: T.ListView[] = []
  /** Tags of taxonomies that nobody may add any more (from 5.8.0). */
  readonly inactiveTags = new Set<string>()
  readonly audits = new AuditBook()
  readonly streams: Streams
  readonly entities = new Map<string, Entity>()
  readonly caseByNumber = new Map<number, T.Case>()
  #nextId = firstId
  #lastCaseNumber = 0

  constructor(options: { server: ServerKind; clock?: HiveClock | undefined }) {
    this.server = options.server
    this.clock = options.clock ?? createClock()
    // Source: TheHive 3 forgets a stream after a quarter of an hour, 4 after five minutes.
    const patient = options.server.flavour === 'thehive3' ? { expiry: 900_000 } : {}
    this.streams = createStreams(this.audits, { ...usualTimes, ...patient })
  }

  get version(): string {
    return this.server.version
  }

  newId(): string {
    this.#nextId += idStep
    return this.server.flavour === 'thehive3' ? documentId(this.#nextId) : `~${this.#nextId}`
  }

  newCaseNumber(): number {
    return ++this.#lastCaseNumber
  }

  stamps(by: string, at: number = this.clock.now()): T.Stamps {
    return {
      id: this.newId(),
      revision: 0,
      createdAt: at,
      createdBy: by,
      updatedAt: undefined,
      updatedBy: undefined,
    }
  }

  /** As `stamps`; TheHive 3 computes an alert's id from its reference. */
  alertStamps(reference: Reference, by: string, at: number): T.Stamps {
    const stamps = this.stamps(by, at)
    if (this.server.flavour !== 'thehive3') return stamps
    return { ...stamps, id: alertDigest(reference, this.server.atLeast('3.0.4')) }
  }

  space(organisation: string): Space {
    let space = this.spaces.get(organisation)
    if (!space) this.spaces.set(organisation, (space = new Space(organisation)))
    return space
  }

  /** The entity with this id and kind, or undefined; says nothing about who may see it. */
  find<K extends Entity['kind']>(kind: K, id: string): Extract<Entity, { kind: K }> | undefined {
    const entity = this.entities.get(id)
    return entity?.kind === kind ? (entity as Extract<Entity, { kind: K }>) : undefined
  }

  keep<E extends Entity>(entity: E): E {
    this.entities.set(entity.id, entity)
    return entity
  }

  forget(entity: Entity): void {
    this.entities.delete(entity.id)
  }

  close(): void {
    this.streams.close()
    this.blobs.close()
  }
}
