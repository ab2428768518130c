import { ForagerError } from '#shared/errors/forager-error.ts'
import { asForagerError } from '#shared/errors/convert.ts'
import { delayOf, errorOf, isCommitted, isHalf, isLate } from './wire-faults.ts'
import type { FaultClass } from './wire-faults.ts'
import type { World } from './world.ts'

export type Planned = { on: 'read' | 'write' | 'any'; fault: FaultClass }

/** A process of one analyst: what it does after its death nobody sees. */
export interface Process {
  readonly alive: boolean
  /** Its own clock, ms. */
  now(): number
  /** Called where a process may die; false when it just did. */
  cross(): boolean
}

/** As it was sent; a second time, by the network's doing; or when nobody expects it any more. */
export type Arrival = 'plain' | 'echo' | 'late'

/** Who watches what goes over the wire. */
export interface Watch {
  /** A request leaves the process. */
  leaves(request: Request): void
  /** It is about to take hold. */
  arrives(request: Request, how: Arrival): void
  /** Whatever it did is done. */
  served(): void
  /** The answer reached the process. */
  delivered(request: Request, answer: { value: unknown } | { error: ForagerError }): void
}

export type Request = { method: string; args: readonly unknown[]; isWrite: boolean }

const waitMs = 45_000

export const never = <T>(): Promise<T> => new Promise<T>(() => undefined)

/** One process's way to the server: requests take time, and go wrong as planned. */
export class Wire {
  readonly #world: World
  readonly #process: Process
  readonly #watch: Watch
  /** One entry a request it fits, in order. */
  planned: Planned[] = []
  /** By how much the server's clock was ahead when it last answered, ms. */
  clockAhead = 0
  /** While it lasts every request ends so. */
  spell: { fault: FaultClass; until: number } | undefined

  constructor(world: World, process: Process, watch: Watch) {
    this.#world = world
    this.#process = process
    this.#watch = watch
  }

  ask<T>(request: Request, signal: AbortSignal, apply: () => T): Promise<T> {
    if (!this.#process.cross()) return never()
    if (signal.aborted) return Promise.reject(cancelled())
    this.#watch.leaves(request)
    const fault = this.#draw(request)
    return new Promise<T>((resolve, reject) => {
      let over = false
      const answer = (how: () => void): void => {
        if (over) return
        over = true
        unheard()
        if (this.#process.alive) how()
      }
      const abandon = (): void => answer(() => reject(cancelled()))
      const unheard = this.#world.listen(signal, abandon)
      this.#world.after(this.#latency(), () => {
        const outcome = this.#serve(request, fault, apply)
        this.#world.after(this.#latency() + delayOf(fault), () =>
          answer(() => {
            this.clockAhead = this.#world.now() - this.#process.now()
            this.#watch.delivered(request, outcome)
            if ('value' in outcome) resolve(outcome.value)
            else reject(outcome.error)
          }),
        )
      })
    })
  }

  #serve<T>(
    request: Request,
    fault: FaultClass | undefined,
    apply: () => T,
  ): { value: T } | { error: ForagerError } {
    if (isHalf(fault) && request.isWrite) this.#world.breaksOff(1 + this.#world.random.below(2))
    const outcome = isCommitted(fault) ? this.#applied(request, apply, 'plain') : undefined
    this.#world.breaksOff(Infinity)
    if (fault === 'twice' && request.isWrite) this.#applied(request, apply, 'echo')
    if (isLate(fault) && request.isWrite)
      this.#world.late(delayOf(fault) + this.#latency(), () => this.#applied(request, apply, 'late'))
    const error = errorOf(fault, waitMs)
    if (error !== undefined) return { error }
    return outcome ?? { error: new ForagerError('bug', 'nothing was served') }
  }

  #applied<T>(request: Request, apply: () => T, how: Arrival): { value: T } | { error: ForagerError } {
    this.#watch.arrives(request, how)
    try {
      return { value: apply() }
    } catch (thrown) {
      return { error: asForagerError(thrown) }
    } finally {
      this.#watch.served()
    }
  }

  #draw({ isWrite }: Request): FaultClass | undefined {
    const spell = this.spell
    if (spell !== undefined && this.#world.now() < spell.until) return spell.fault
    const at = this.planned.findIndex(({ on }) => on === 'any' || (on === 'write') === isWrite)
    return at < 0 ? undefined : this.planned.splice(at, 1)[0]?.fault
  }

  #latency(): number {
    return 2 + this.#world.random.below(120)
  }
}

const cancelled = (): ForagerError =>
  new ForagerError('cancelled', 'the request was cancelled', { details: { sent: true } })
