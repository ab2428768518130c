import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { ConflictChoice } from '#shared/model/conflict-choice.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import type { App } from '../../state/app.ts'
import { needsAnalyst } from '../../ui/format/operation-words.ts'

const receiptsShown = 200

const seenIn = ({ id, conflicts = [] }: OperationView) => ({
  id,
  seen: Object.fromEntries(conflicts.map(({ field, theirs }) => [field, theirs])),
})

/** The outbox as a place: what needs the analyst, what waits, what was sent. */
export class Outbox {
  operations = $state.raw<readonly OperationView[] | undefined>(undefined)
  failure = $state.raw<ErrorData | undefined>(undefined)
  /** The failure of an act on one line, shown on that line. */
  lineFailure = $state.raw<{ id: string; problem: ErrorData } | undefined>(undefined)
  readonly forYou: readonly OperationView[] = $derived(this.operations?.filter(needsAnalyst) ?? [])
  readonly conflicting: readonly OperationView[] = $derived(
    this.operations?.filter((one) => one.state === 'conflict') ?? [],
  )
  readonly waiting: readonly OperationView[] = $derived(
    this.operations?.filter((one) => one.state !== 'sent' && !needsAnalyst(one)) ?? [],
  )
  readonly sent: readonly OperationView[] = $derived(
    (this.operations?.filter((one) => one.state === 'sent') ?? []).toSorted(
      (a, b) => (b.receipt?.at ?? b.createdAt) - (a.receipt?.at ?? a.createdAt),
    ),
  )
  #app: App

  constructor(app: App) {
    this.#app = app
  }

  start(): () => void {
    void this.read()
    return this.#app.api.on('outbox.changed', () => void this.read())
  }

  async read(): Promise<void> {
    try {
      this.operations = await this.#app.api.call('outbox.list', { receipts: receiptsShown })
      this.failure = undefined
      this.#app.clock.touch()
    } catch (thrown) {
      this.failure = toErrorData(thrown)
    }
  }

  undo(operation: OperationView): Promise<void> {
    return this.#act(operation, () => this.#app.decisions.undo(operation.groupId))
  }

  retry({ id }: OperationView): Promise<void> {
    return this.#act({ id }, () => this.#app.api.call('outbox.retry', { id }))
  }

  drop({ id }: OperationView): Promise<void> {
    return this.#act({ id }, () => this.#app.api.call('outbox.drop', { id }))
  }

  resolve(operation: OperationView, choices: Record<string, ConflictChoice>): Promise<void> {
    const { id, seen } = seenIn(operation)
    return this.#act({ id }, () => this.#app.api.call('outbox.resolve', { id, seen, choices }))
  }

  /** One choice for every conflict; answers what was left, in words. */
  async resolveAll(
    take: 'mine' | 'theirs',
    conflicting: readonly OperationView[],
  ): Promise<string | undefined> {
    try {
      const conflicts = conflicting.map(seenIn)
      const { settled, left } = await this.#app.api.call('outbox.resolveMany', { take, conflicts })
      if (left.length === 0) return undefined
      return `${settled} settled, ${left.length} left: ${left[0]?.problem.message ?? ''}`
    } catch (thrown) {
      return toErrorData(thrown).message
    } finally {
      await this.read()
    }
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
