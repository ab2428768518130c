import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import type { PackPlan, PackStatus } from '#shared/model/shift-pack.ts'
import { noPack } from '#shared/model/shift-pack.ts'
import { judgeFiles } from '../domain/pack-files.ts'
import type { PackFile } from '../domain/pack-files.ts'
import { judgePack } from '../domain/pack-readiness.ts'
import type { PackEntry } from '../domain/pack-readiness.ts'
import type { TheHiveServer } from '../thehive/port.ts'
import { askedMs } from './reconnect.ts'
import { classifyFailure } from './classify-failure.ts'
import type { Driver } from './driver.ts'
import { packAlert } from './pack-alert.ts'
import type { PackContext } from './pack-alert.ts'
import { takeFiles } from './pack-files.ts'
import type { TakenFiles } from './pack-files.ts'
import type { KeptPlan, PackPlans } from './pack-plans.ts'

export type PackWanted = {
  entries: PackEntry[]
  files: { count: number; bytes: number }
  /** Of these, the ones that come along. */
  small: PackFile[]
  cut: boolean
}

export type PackerParts = Pick<PackContext, 'cache' | 'clock' | 'pending'> & {
  plans: PackPlans
  /** The alerts of a plan as the local copy has them. */
  wanted: (plan: PackPlan) => Promise<PackWanted>
  taken: TakenFiles
  /** While the first copy is not complete: what the plan wants and the copy lacks. */
  fetchViews: (plan: PackPlan, server: TheHiveServer, signal: AbortSignal) => Promise<void>
  ask: Driver['ask']
  /** Nothing is looked for unasked. */
  metered: () => boolean
  tell: (status: PackStatus) => void
}

/** Requests at once: one analyst must not crowd a shared server. */
const atOnce = 3
/** When the server cannot be asked, and between two looks at what is old, ms. */
const againMs = 15_000
const lookAgainMs = 120_000
/** Progress is told this often, in alerts. */
const toldEvery = 10

/** Takes alerts along, with all that hangs on them, and keeps them fresh. Goes on where it was after any interruption. */
export class ShiftPacker {
  readonly #parts: PackerParts
  readonly #closing = new AbortController()
  #stop = new AbortController()
  #status: PackStatus = noPack
  #failed = new Set<string>()
  #loop: Promise<void> = Promise.resolve()

  constructor(parts: PackerParts) {
    this.#parts = parts
  }

  /** A plan that was under way goes on; on a metered line it waits for the analyst's word. */
  async restore(): Promise<void> {
    const kept = this.#parts.plans.read()
    if (kept === undefined) return
    if (kept.paused || this.#parts.metered()) await this.#look(kept, 'paused')
    else this.#go(kept.plan)
  }

  status(): PackStatus {
    return this.#status
  }

  measure(plan: PackPlan): Promise<PackStatus> {
    return this.#measured(plan, 'none')
  }

  async start(plan: PackPlan): Promise<PackStatus> {
    await this.#halt()
    if (plan.filesUpTo === 0) await this.#parts.taken.forget()
    this.#parts.plans.save({ plan, paused: false })
    await this.#look({ plan }, 'packing')
    this.#go(plan)
    return this.#status
  }

  async pause(): Promise<PackStatus> {
    const kept = this.#parts.plans.read()
    if (kept === undefined) return this.#status
    await this.#halt()
    this.#parts.plans.save({ ...kept, paused: true })
    return this.#look(kept, 'paused')
  }

  async resume(): Promise<PackStatus> {
    const kept = this.#parts.plans.read()
    return kept === undefined ? this.#status : this.start(kept.plan)
  }

  async forget(): Promise<PackStatus> {
    await this.#halt()
    this.#parts.plans.forget()
    await this.#parts.taken.forget()
    return this.#told(noPack)
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#halt()
  }

  async #halt(): Promise<void> {
    this.#stop.abort()
    await this.#loop
  }

  #go(plan: PackPlan): void {
    this.#stop = new AbortController()
    this.#failed = new Set()
    const signal = AbortSignal.any([this.#stop.signal, this.#closing.signal])
    this.#loop = this.#run(plan, signal)
  }

  /** A problem makes it wait, and never ends it. */
  async #run(plan: PackPlan, signal: AbortSignal): Promise<void> {
    const { clock, metered } = this.#parts
    let problem: ForagerError | undefined
    let asked = true
    while (!signal.aborted) {
      if (asked || !metered()) problem = await this.#round(plan, signal)
      if (signal.aborted) return
      // What was asked for is asked for until it is done.
      asked = problem !== undefined
      const rest = problem === undefined ? lookAgainMs : Math.max(againMs, askedMs(problem) ?? 0)
      await clock.sleep(rest, signal)
    }
  }

  async #round(plan: PackPlan, signal: AbortSignal): Promise<ForagerError | undefined> {
    try {
      const status = await this.#look({ plan }, 'packing')
      if (status.missing + status.stale + status.files.wanted > status.files.kept)
        await this.#parts.ask((server, closing) =>
          this.#fetch(plan, server, AbortSignal.any([signal, closing])),
        )
      await this.#look({ plan }, 'ready')
      return undefined
    } catch (thrown) {
      const error = asForagerError(thrown)
      if (!signal.aborted) await this.#look({ plan }, 'waiting', toErrorData(error)).catch(() => undefined)
      return error
    }
  }

  async #fetch(plan: PackPlan, server: TheHiveServer, signal: AbortSignal): Promise<void> {
    await this.#parts.fetchViews(plan, server, signal)
    const { entries } = await this.#parts.wanted(plan)
    const { missing, stale } = judgePack(entries, { now: this.#parts.clock.now(), similar: plan.similar })
    const waiting = [...missing, ...stale].filter(({ id }) => !this.#failed.has(id))
    const context = { ...this.#parts, server, signal, similar: plan.similar, cases: new Set<string>() }
    const take = async (): Promise<void> => {
      for (let entry = waiting.shift(); entry !== undefined && !signal.aborted; entry = waiting.shift()) {
        await this.#pack(entry, context)
        if (waiting.length % toldEvery === 0) await this.#look({ plan }, 'packing')
      }
    }
    // The first failure is the round's; the others have no entry left to take.
    await Promise.all(
      Array.from({ length: atOnce }, () => take().catch((thrown) => rethrown(thrown, waiting))),
    )
    await this.#takeFiles(plan, context)
  }

  /** Which files there are is known once their alerts are here. */
  async #takeFiles(plan: PackPlan, { server, signal }: PackContext): Promise<void> {
    const { small } = await this.#parts.wanted(plan)
    await takeFiles(small, { server, signal, taken: this.#parts.taken, failed: this.#failed })
  }

  /** What the server refuses concerns this alert alone, and is not asked for again in this run. */
  async #pack(entry: PackEntry, context: PackContext): Promise<void> {
    try {
      await packAlert(entry, context)
    } catch (thrown) {
      const error = asForagerError(thrown)
      if (classifyFailure(error).outcome !== 'refused' && error.kind !== 'unexpected-shape') throw thrown
      this.#failed.add(entry.id)
    }
  }

  async #look(
    { plan }: Pick<KeptPlan, 'plan'>,
    state: PackStatus['state'],
    problem?: ErrorData,
  ): Promise<PackStatus> {
    const measured = await this.#measured(plan, state)
    return this.#told({ ...measured, ...(problem !== undefined && { problem }) })
  }

  async #measured(plan: PackPlan, state: PackStatus['state']): Promise<PackStatus> {
    const { entries, files: all, small, cut } = await this.#parts.wanted(plan)
    const now = this.#parts.clock.now()
    const { ready, missing, stale } = judgePack(entries, { now, similar: plan.similar })
    const failed = [...missing, ...stale].filter(({ id }) => this.#failed.has(id)).length
    const files = judgeFiles({ all, small }, { kept: this.#parts.taken.kept(), failed: this.#failed })
    return {
      ...{ state, plan, alerts: entries.length, ready, failed, files, cut, checkedAt: now },
      ...{ missing: missing.length, stale: stale.length },
    }
  }

  #told(status: PackStatus): PackStatus {
    this.#status = status
    this.#parts.tell(status)
    return status
  }
}

function rethrown(thrown: unknown, waiting: PackEntry[]): never {
  waiting.length = 0
  throw thrown
}
