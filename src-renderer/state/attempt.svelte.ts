import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'

/** One thing being tried in one place: busy meanwhile, its failure shown there. A second press while busy does nothing. */
export class Attempt {
  busy = $state(false)
  problem = $state.raw<ErrorData | undefined>(undefined)

  /** Answers whether it worked. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.busy) return false
    this.busy = true
    this.problem = undefined
    try {
      await work()
      return true
    } catch (thrown) {
      this.problem = toErrorData(thrown)
      return false
    } finally {
      this.busy = false
    }
  }
}
