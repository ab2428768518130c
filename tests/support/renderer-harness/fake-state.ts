import type { AlertDetail } from '#shared/contract/alert-calls.ts'
import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import type { AlertChange } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { KeptDraft } from '#shared/model/draft.ts'
import type { OperationKind } from '#shared/model/operation.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import type { QueueRow } from '#shared/model/queue-row.ts'
import type { StrayFile } from '#shared/model/stray-file.ts'
import { noPack } from '#shared/model/shift-pack.ts'
import type { PackStatus } from '#shared/model/shift-pack.ts'
import type { Settings } from '#shared/model/settings.ts'
import type { OutboxCounts, SyncStatus } from '#shared/model/sync-status.ts'
import { capabilitiesOf, serverOf } from './sample-capabilities.ts'
import { sampleCatalog, sampleCases } from './sample-catalog.ts'
import { sampleConflicts, thousandConflicts } from './sample-conflicts.ts'
import { sampleGone, sampleOutbox, sampleStrays } from './sample-outbox.ts'
import { hostileRows, sampleRow } from './sample-rows.ts'

/** What `?state=` may be. */
export const harnessStates = [
  'plain',
  '100k',
  'one',
  'empty',
  'offline',
  'fill',
  'error',
  'slow',
  'hostile',
  'outbox',
  'conflicts',
  'thousand',
  'local',
  'refused',
  'readonly',
  'th3',
  'early5',
  'gone',
  'mandatory',
  'welcome',
  'vault',
  'locked',
  'keyless',
  'unreadable',
  'strays',
] as const
export type HarnessState = (typeof harnessStates)[number]

export type Patch = (detail: AlertDetail) => AlertDetail

const rowCounts: Partial<Record<HarnessState, number>> = { '100k': 100_000, one: 1, empty: 0 }
const hourMs = 3_600_000

function operationsOf(kind: HarnessState, now: number): OperationView[] {
  if (kind === 'outbox') return sampleOutbox(now)
  if (kind === 'gone') return sampleGone(now)
  if (kind === 'thousand') return thousandConflicts(now)
  return kind === 'conflicts' ? sampleConflicts(now) : []
}

/** The made-up other side, in memory: rows, cases, pending decisions. Deterministic but for the time it was started. */
export class FakeState {
  readonly now = Date.now()
  readonly kind: HarnessState
  rows: QueueRow[]
  cases: Case[]
  operations: OperationView[]
  open: OpenProfile | null
  pack: PackStatus = noPack
  /** Kept files that no decision speaks of. */
  strays: StrayFile[] = []
  /** Half-typed words that are kept, by what they are about. */
  readonly drafts = new Map<string, KeptDraft>()
  /** Conflicts that are not settled with the others. */
  readonly stubborn = new Set<string>()
  /** What a test says of the connection. */
  line: Partial<SyncStatus> = {}
  settings: Settings = { undoWindow: 10, pace: 'automatic', metered: false }
  /** What was decided about details, in order: folded over the made-up detail of a row. */
  patches: { groupId: string; id: string; patch: Patch }[] = []
  #organisation = 'soc'
  /** How each group is taken back. */
  readonly undo = new Map<string, () => void>()
  /** Every call, in order, for tests to read. */
  readonly log: { name: string; input: unknown }[] = []
  #next = 1

  constructor(kind: HarnessState) {
    this.kind = kind
    const amount = rowCounts[kind] ?? 5_000
    this.rows =
      kind === 'hostile'
        ? hostileRows(this.now)
        : Array.from({ length: amount }, (_one, index) => sampleRow(index + 1, this.now))
    this.cases = kind === 'empty' ? [] : sampleCases(this.now)
    this.operations = operationsOf(kind, this.now)
    if (kind === 'strays') this.strays = sampleStrays(this.now)
    this.open = ['welcome', 'vault', 'locked', 'keyless', 'unreadable'].includes(kind)
      ? null
      : this.openProfile()
  }

  openProfile(): OpenProfile {
    const local = this.kind === 'local'
    return {
      profile: {
        id: this.#organisation === 'soc' ? 'p1' : `p1-${this.#organisation}`,
        kind: local ? 'local' : 'thehive',
        name: local ? 'My workspace' : 'soc-hive',
      },
      session: {
        ...serverOf(this.kind),
        login: 'ana',
        userName: 'Ana',
        organisation: this.#organisation,
        organisations: local ? ['soc'] : ['soc', 'lab'],
        permissions: [],
        capabilities: capabilitiesOf(this.kind),
      },
      sync: this.sync(),
    }
  }

  counts(): OutboxCounts {
    const waiting = this.operations.filter((one) => one.state !== 'sent')
    const stuck = waiting.filter(({ state }) => ['conflict', 'rejected', 'cannot-tell'].includes(state))
    const exported = waiting.filter((one) => one.carried?.role === 'exported' && !stuck.includes(one))
    return { waiting: waiting.length, needAttention: stuck.length, exported: exported.length }
  }

  sync(): SyncStatus {
    const base: SyncStatus = {
      connection: 'online',
      lastSuccessAt: this.now - 40_000,
      setAside: 0,
      ...this.counts(),
      ...this.line,
    }
    if (this.kind === 'local') return { ...base, connection: 'local' }
    if (this.kind === 'offline' || this.kind === 'refused')
      return {
        ...base,
        connection: this.kind,
        setAside: 2,
        lastSuccessAt: this.now - 3 * hourMs,
        nextTryAt: this.now + 25_000,
        problem: { kind: 'offline', message: 'soc-hive.example did not answer.' },
      }
    if (this.kind === 'fill')
      return {
        ...base,
        fill: {
          phase: 'alerts',
          rows: 41_200,
          total: 100_000,
          rowsPerSecond: 6_150,
          startedAt: this.now - 7_000,
        },
      }
    return base
  }

  /** The same account in another organisation. */
  switchOrganisation(organisation: string): OpenProfile {
    this.#organisation = organisation
    return (this.open = this.openProfile())
  }

  statusStage(status: string): QueueRow['stage'] {
    return sampleCatalog.alertStatuses.find((one) => one.value === status)?.stage ?? 'New'
  }

  /** Makes one decision about several rows and keeps how to take it back. `patch`: what it does to their details. */
  decide(
    ids: readonly string[],
    kind: OperationKind,
    sentence: string,
    edit: (row: QueueRow) => Partial<QueueRow>,
    patch?: Patch,
  ): string {
    const groupId = `g${this.#next++}`
    const before = this.rows.filter((row) => ids.includes(row.id))
    const operations = before.map((row) => this.#operation(groupId, kind, sentence, row))
    if (this.kind !== 'local') this.operations.push(...operations)
    const pending = this.kind !== 'local'
    if (patch) this.patches.push(...ids.map((id) => ({ groupId, id, patch })))
    this.rows = this.rows.map((row) => (ids.includes(row.id) ? { ...row, ...edit(row), pending } : row))
    this.undo.set(groupId, () => {
      const was = new Map(before.map((row) => [row.id, row]))
      this.rows = this.rows.map((row) => was.get(row.id) ?? row)
      this.operations = this.operations.filter((one) => one.groupId !== groupId)
      this.patches = this.patches.filter((one) => one.groupId !== groupId)
    })
    return groupId
  }

  /** The same about a case. */
  decideCase(id: string, kind: OperationKind, sentence: string, edit: (one: Case) => Case): string {
    const groupId = `g${this.#next++}`
    const before = this.cases
    this.cases = this.cases.map((one) => (one.id === id ? edit(one) : one))
    const own = this.cases.find((one) => one.id === id)
    if (own && this.kind !== 'local')
      this.operations.push(this.#operation(groupId, kind, sentence, { id, title: own.title }))
    this.undo.set(groupId, () => {
      this.cases = before
      this.operations = this.operations.filter((one) => one.groupId !== groupId)
    })
    return groupId
  }

  change(row: QueueRow, change: AlertChange): Partial<QueueRow> {
    const tags = [...row.tags.filter((tag) => !change.removeTags?.includes(tag)), ...(change.addTags ?? [])]
    const { assignee: _was, ...rest } = row
    return {
      ...rest,
      tags,
      ...(change.status !== undefined && { status: change.status, stage: this.statusStage(change.status) }),
      ...(change.severity && { severity: change.severity }),
      ...(change.title !== undefined && { title: change.title }),
      ...(change.tlp && { tlp: change.tlp }),
      ...(change.pap && { pap: change.pap }),
      assignee: change.assignee === undefined ? row.assignee : (change.assignee ?? undefined),
    }
  }

  /** Alerts arrive: newest first, as a server would have them. */
  arrive(amount: number): void {
    const from = this.rows.reduce((most, row) => Math.max(most, row.pk), 0)
    const fresh = Array.from({ length: amount }, (_one, index) => {
      const row = sampleRow(from + index + 1, this.now)
      return {
        ...row,
        date: this.now + index,
        stage: 'New' as const,
        status: 'New',
        title: `Arrived ${index + 1}`,
      }
    })
    this.rows = [...fresh, ...this.rows]
  }

  #operation(
    groupId: string,
    kind: OperationKind,
    sentence: string,
    row: Pick<QueueRow, 'id' | 'title'>,
  ): OperationView {
    return {
      id: `o${this.#next++}`,
      groupId,
      kind,
      sentence,
      alertId: row.id,
      alertTitle: row.title,
      state: 'held',
      waitsFor: [],
      editable: true,
      createdAt: Date.now(),
      attempts: 0,
      notBefore: Date.now() + 10_000,
      dependsOn: [],
      undoable: true,
    }
  }
}
