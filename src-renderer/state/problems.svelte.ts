import { toast } from 'svelte-sonner'
import { toErrorData } from '#shared/errors/convert.ts'
import type { ErrorData } from '#shared/errors/error-data.ts'

/** One sentence each: what happened, what Forager did, what the analyst can do. */
export function problemText(problem: ErrorData): string {
  return [problem.message, problem.did, problem.next].filter((part) => part !== undefined).join(' ')
}

/** The funnel for failures that no place on the screen expected. Expected ones are shown where the analyst acted. */
export class Problems {
  /** Not a failure: an answer to a key or a click that has no other place. The newest replaces the one before. */
  tell(said: string, more: string): void {
    toast(said, { id: 'told', description: more, duration: 6_000 })
  }

  report(thrown: unknown, doing: string): ErrorData {
    const problem = toErrorData(thrown)
    const rest = problemText({ ...problem, message: problem.message })
    toast.error(doing, { description: rest, duration: 12_000 })
    return problem
  }
}
