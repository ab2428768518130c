import { callNames } from '#shared/contract/contract.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Handlers } from '../ipc/handlers.ts'

/** Answers for every call that has no handler yet. */
export function withUnbuiltCalls(built: Partial<Handlers>): Handlers {
  const unbuilt = callNames.map((name) => [
    name,
    async () => {
      throw new ForagerError('bug', `${name} is not built yet`)
    },
  ])
  return { ...(Object.fromEntries(unbuilt) as Handlers), ...built }
}
