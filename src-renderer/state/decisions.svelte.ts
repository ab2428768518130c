import { toast } from 'svelte-sonner'
import type { Decided } from '#shared/contract/alert-calls.ts'
import type { Api } from './api-port.ts'
import type { DetailState } from './detail.svelte.ts'
import type { Navigation } from './navigation.svelte.ts'
import { followCursor } from './open-cursor.ts'
import type { Problems } from './problems.svelte.ts'
import type { ProfileState } from './profile.svelte.ts'
import type { QueueState } from './queue/queue.svelte.ts'
import type { SettingsState } from './settings.svelte.ts'

export type DecisionParts = {
  api: Api
  queue: QueueState
  detail: DetailState
  nav: Navigation
  problems: Problems
  profile: ProfileState
  settings: SettingsState
}
/** What was said to be one thing, and the groups it was stored as: taken back together. */
type Made = { groupIds: readonly string[]; sentence: string }
const rememberedGroups = 100
const toastMs = 8_000

/** Every decision goes through here: durable first, then the screen follows, with undo at hand. */
export class Decisions {
  #parts: DecisionParts
  #made = $state.raw<readonly Made[]>([])
  readonly last: Made | undefined = $derived(this.#made.at(-1))

  constructor(parts: DecisionParts) {
    this.#parts = parts
  }

  /**
   * Runs one decision about `ids`. `said` is what was done, for the toast. Failures are thrown to the caller,
   * who shows them where the analyst acted.
   */
  async make<T extends Decided>(
    ids: readonly string[],
    said: string | ((decided: T) => string),
    call: () => Promise<T>,
  ): Promise<T> {
    const decided = await call()
    if (decided.count > 0) this.#tell([decided.groupId], typeof said === 'string' ? said : said(decided))
    await this.#follow(decided.groupId, ids)
    return decided
  }

  /**
   * {@link make} for a deletion. What still waited to be added is taken out of the outbox instead: nothing is left to be sent or
   * taken back, and that is said.
   */
  async remove(alertId: string, said: string, call: () => Promise<Decided>): Promise<void> {
    const { count } = await this.make([alertId], said, call)
    if (count > 0) return
    const done = this.#parts.profile.local ? 'saved' : 'sent'
    toast(said, { description: `It had not been ${done} yet, and will not be.`, duration: toastMs })
  }

  /**
   * One decision that has to be stored as several, because it differs from alert to alert. Z takes all of it back.
   * When one fails, those before it stand and are said, and the failure is thrown.
   */
  async makeAll(
    ids: readonly string[],
    said: (done: number) => string,
    calls: readonly (() => Promise<Decided>)[],
  ): Promise<void> {
    const groupIds: string[] = []
    try {
      for (const call of calls) groupIds.push((await call()).groupId)
    } finally {
      const [first] = groupIds
      if (first !== undefined) {
        this.#tell(groupIds, said(groupIds.length))
        await this.#follow(first, ids)
      }
    }
  }

  /** Like {@link make}, for actions without a place of their own to show a failure. */
  async tryMake(ids: readonly string[], sentence: string, call: () => Promise<Decided>): Promise<boolean> {
    try {
      await this.make(ids, sentence, call)
      return true
    } catch (thrown) {
      this.#parts.problems.report(thrown, `Not done: ${sentence}`)
      return false
    }
  }

  /** Decided elsewhere, as several groups: said, and taken back together by Z. */
  tellMade(groupIds: readonly string[], sentence: string): void {
    if (groupIds.length > 0) this.#tell(groupIds, sentence)
  }

  /** Remembers it for Z and says it, with undo at hand. */
  #tell(groupIds: readonly string[], sentence: string): void {
    const [id = ''] = groupIds
    this.#made = [...this.#made, { groupIds, sentence }].slice(-rememberedGroups)
    const { profile, settings } = this.#parts
    const { undoWindow } = settings.now
    const gone = undoWindow === 0 && profile.reachable
    toast(sentence, {
      duration: typeof undoWindow === 'number' && undoWindow > 0 ? undoWindow * 1_000 : toastMs,
      id,
      ...(undoWindow === 'until-sent' && { description: 'Waits in the outbox until you send it.' }),
      ...(!gone && { action: { label: 'Undo Z', onClick: () => void this.undo(id) } }),
    })
  }

  /** Takes back one group, the last made unless named. What has been sent cannot be taken back, and says so. */
  async undo(asked: string | undefined = this.last?.groupIds[0]): Promise<void> {
    if (asked === undefined) return
    const made = this.#made.find((one) => one.groupIds.includes(asked))
    const groupIds = made?.groupIds ?? [asked]
    const [groupId = asked] = groupIds
    try {
      let count = 0
      for (const id of groupIds.toReversed())
        count += (await this.#parts.api.call('outbox.undo', { groupId: id })).count
      this.#made = this.#made.filter((one) => one !== made)
      toast.dismiss(groupId)
      const what = made ? `: ${made.sentence}` : ''
      if (count > 0) toast(`Undone${what}`, { duration: 3_000 })
      else
        toast.warning('Too late to undo', {
          description: 'It has taken hold already. Decide again to change it.',
          duration: toastMs,
        })
      if (await this.#parts.queue.unsettle(groupId)) await this.#showCursor()
      await this.#parts.detail.reload()
    } catch (thrown) {
      this.#parts.problems.report(thrown, 'Not undone')
    }
  }

  /** Another workspace is open: what was decided elsewhere cannot be taken back from here. */
  forget(): void {
    for (const { groupIds } of this.#made) toast.dismiss(groupIds[0])
    this.#made = []
  }

  /** With an alert open beside the queue, the one now under the cursor takes its place. */
  async #showCursor(): Promise<void> {
    const { nav, queue } = this.#parts
    if (queue.cursor !== undefined) await followCursor({ nav, queue })
    else if (nav.place.alertId !== undefined) nav.replace({ screen: nav.place.screen })
  }

  /** The decision stands; if the screen cannot follow, that is a trouble of its own. */
  async #follow(groupId: string, ids: readonly string[]): Promise<void> {
    try {
      const left = await this.#parts.queue.settle(groupId, ids)
      if (left && ids.includes(this.#parts.nav.place.alertId ?? '')) await this.#showCursor()
      await this.#parts.detail.reload()
    } catch (thrown) {
      this.#parts.problems.report(thrown, 'Decided, but the screen could not be refreshed')
    }
  }
}
