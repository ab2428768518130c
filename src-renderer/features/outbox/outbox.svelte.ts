import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import type { App } from '../../state/app.ts'
import { needsAnalyst } from '../../ui/format/operation-words.ts'
import { count } from '../../ui/format/quantity.ts'
import { visibleText } from '../../ui/format/visible-text.ts'
import { choicesKey } from './conflict-choices.ts'
import type { Choices } from './conflict-choices.ts'
import { arranged, nothing, stillArranged } from './still-lines.ts'
import type { Arrangement, PlacedLine } from './still-lines.ts'

type Line = Pick<OperationView, 'id'>
type Call = 'outbox.hold' | 'outbox.resume' | 'outbox.send'

export const isExported = ({ carried }: OperationView): boolean => carried?.role === 'exported'
const standing = (lines: readonly PlacedLine[]): OperationView[] =>
  lines.filter(({ left }) => left === undefined).map(({ operation }) => operation)
const filesOf = (lines: readonly OperationView[]): string =>
  [...new Set(lines.flatMap(({ carried }) => carried?.file ?? []))].map(visibleText).join(', ')
/** In a question; the rest is counted. */
const mostNamed = 6

const seenIn = ({ id, conflicts = [] }: OperationView) => ({
  id,
  seen: Object.fromEntries(conflicts.map(({ field, theirs }) => [field, theirs])),
})

/** The outbox as a plan: what needs the analyst, and what waits, in the order of sending. */
export class Outbox {
  operations = $state.raw<readonly OperationView[] | undefined>(undefined)
  failure = $state.raw<ErrorData | undefined>(undefined)
  /** The failure of an act on one line, shown on that line. */
  lineFailure = $state.raw<{ id: string; problem: ErrorData } | undefined>(undefined)
  /** As it stands on the screen: a little behind while somebody aims at it. */
  shown = $state.raw<Arrangement>(nothing)
  readonly conflicting: readonly OperationView[] = $derived(
    this.operations?.filter((one) => one.state === 'conflict') ?? [],
  )
  /** In a file for another machine, and on hold here. */
  readonly exported: readonly OperationView[] = $derived(this.operations?.filter(isExported) ?? [])
  readonly exportedTo: string = $derived(filesOf(this.exported))
  /** Lines in the order they stand on the screen, without those that went. */
  readonly lines: readonly OperationView[] = $derived(standing([...this.shown.forYou, ...this.shown.plan]))
  /** What became of many conflicts settled at once, where not all could be; until it was read. */
  outcome = $state<string | undefined>(undefined)
  /** The line that has the keyboard; what is asked and shown beneath a line. */
  cursor = $state<string | undefined>(undefined)
  dropping = $state.raw<{ id: string; dependents: readonly OperationView[] } | undefined>(undefined)
  opened = $state<string | undefined>(undefined)
  readonly #groups = $derived(Map.groupBy(this.lines, ({ groupId }) => groupId))
  readonly #names = $derived(new Map(this.operations?.map((one) => [one.id, one.sentence])))
  /** Choices begun on the cards: a card that is scrolled away keeps them. */
  #begun = $state.raw<ReadonlyMap<string, Choices>>(new Map())
  #aimed = false
  #reading: Promise<void> | undefined
  #following: Promise<void> | undefined
  #app: App

  constructor(app: App) {
    this.#app = app
  }

  start(): () => void {
    void this.read()
    return this.#app.api.on('outbox.changed', () => void this.read())
  }

  /** One list at a time: whatever changes while it is read is in one more after it. */
  async read(): Promise<void> {
    if (this.#reading === undefined) this.#reading = this.#list().finally(() => (this.#reading = undefined))
    else
      this.#following ??= this.#reading.then(() => {
        this.#following = undefined
        return this.read()
      })
    await (this.#following ?? this.#reading)
  }

  async #list(): Promise<void> {
    try {
      this.operations = await this.#app.api.call('outbox.list', { receipts: 0 })
      const now = arranged(this.operations)
      this.shown = this.#aimed ? stillArranged(this.shown, now) : now
      this.failure = undefined
      this.#app.clock.touch()
    } catch (thrown) {
      this.failure = toErrorData(thrown)
    }
  }

  /** While a pointer aims at the lines, none of them moves. */
  aim(aimed: boolean): void {
    this.#aimed = aimed
    if (!aimed) this.#settle()
  }

  undo(operation: OperationView): Promise<void> {
    return this.#act(operation, () => this.#app.decisions.undo(operation.groupId))
  }

  retry({ id }: OperationView): Promise<void> {
    return this.#act({ id }, () => this.#app.api.call('outbox.retry', { id }))
  }

  keepAsComment({ id }: Line): Promise<void> {
    return this.#act({ id }, () => this.#app.api.call('outbox.keepAsComment', { id }))
  }

  isExported(id: string | undefined): boolean {
    return this.exported.some((one) => one.id === id)
  }

  /** How many were decided in the same gesture and still wait: taken back together. */
  together({ groupId }: OperationView): number {
    return this.#groups.get(groupId)?.length ?? 1
  }

  /** What a decision waits for, by its words. */
  waitsFor({ waitsFor }: OperationView): string | undefined {
    const [first] = waitsFor
    const name = first === undefined ? undefined : this.#names.get(first)
    if (name === undefined) return undefined
    return waitsFor.length === 1 ? `“${name}”` : `“${name}” and ${waitsFor.length - 1} more`
  }

  /** Asks before it drops, naming what falls with it. */
  askDrop({ id }: Line): Promise<void> {
    return this.#act({ id }, async () => {
      const { dependents } = await this.#app.api.call('outbox.get', { id })
      this.dropping = { id, dependents }
    })
  }

  drop(): Promise<void> {
    const { id = '', dependents = [] } = this.dropping ?? {}
    this.dropping = undefined
    const together = dependents.map((one) => one.id)
    return this.#act({ id }, () => this.#app.api.call('outbox.drop', { id, together }))
  }

  steer(call: Call, { id }: Line): Promise<void> {
    return this.#act({ id }, () => this.#app.api.call(call, { ids: [id] }))
  }

  /** They may be sent from elsewhere as well: that is said before they are sent from here. */
  askResume(lines: readonly OperationView[]): void {
    const ids = lines.map(({ id }) => id)
    this.#app.dialogs.confirm({
      title:
        lines.length === 1
          ? 'Send it from here after all?'
          : `Send ${count(lines.length)} decisions from here after all?`,
      names: lines.slice(0, mostNamed).map(({ sentence }) => sentence),
      more: lines.length - mostNamed,
      note: `${filesOf(lines)} may have been imported on another machine, and sent from there. Forager asks the server what it has already before it sends anything; what both machines send at the same moment it cannot see.`,
      verb: 'Resume here',
      run: async () => {
        await this.#app.api.call('outbox.resume', { ids, exported: true })
        await this.read()
      },
    })
  }

  /** A refusal is no trouble: it is said, and nothing moves. */
  async move({ id }: Line, direction: 'up' | 'down'): Promise<void> {
    try {
      await this.#app.api.call('outbox.move', { id, direction })
      await this.read()
      this.#settle()
    } catch (thrown) {
      this.#app.problems.tell('Not moved', toErrorData(thrown).message)
    }
  }

  /** Held while it is being changed, so that it does not leave meanwhile. */
  async edit(operation: OperationView): Promise<void> {
    const wasHeld = operation.notBefore === untilAnalyst
    await this.#act(operation, async () => {
      const { edit, notEditable } = await this.#app.api.call('outbox.get', { id: operation.id })
      if (edit === undefined)
        throw new ForagerError('rejected', notEditable ?? 'This cannot be changed any more.', {
          did: 'It stays as it is.',
        })
      if (!wasHeld && !needsAnalyst(operation))
        await this.#app.api.call('outbox.hold', { ids: [operation.id] })
      this.#app.dialogs.show({ kind: 'edit-operation', operation, edit, wasHeld })
    })
  }

  choicesOf(operation: OperationView): Choices {
    return this.#begun.get(choicesKey(operation)) ?? {}
  }

  choose(operation: OperationView, choices: Choices): void {
    this.#begun = new Map([...this.#begun, [choicesKey(operation), choices]])
  }

  resolve(operation: OperationView, choices: Choices): Promise<void> {
    const { id, seen } = seenIn(operation)
    return this.#act({ id }, () => this.#app.api.call('outbox.resolve', { id, seen, choices }))
  }

  /** One choice for every conflict. */
  async resolveAll(take: 'mine' | 'theirs'): Promise<void> {
    this.outcome = undefined
    try {
      const conflicts = this.conflicting.map(seenIn)
      const { settled, left } = await this.#app.api.call('outbox.resolveMany', { take, conflicts })
      if (left.length > 0)
        this.outcome = `${settled} settled, ${left.length} left: ${left[0]?.problem.message ?? ''}`
    } catch (thrown) {
      this.outcome = toErrorData(thrown).message
    }
    await this.read()
  }

  #settle(): void {
    if (this.operations !== undefined) this.shown = arranged(this.operations)
  }

  async #act({ id }: Pick<OperationView, 'id'>, act: () => Promise<unknown>): Promise<void> {
    this.lineFailure = undefined
    try {
      await act()
    } catch (thrown) {
      this.lineFailure = { id, problem: toErrorData(thrown) }
    }
    await this.read()
  }
}
