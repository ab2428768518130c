import { asForagerError, toErrorData } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import { isLocalId } from '#shared/model/operation.ts'
import { classifyFailure } from './classify-failure.ts'
import { lookAtAlert, lookAtCase } from './look-at.ts'
import type { LookContext } from './look-at.ts'
import { isOfOneThing } from './one-by-one.ts'
import type { SyncEvents } from './ports.ts'
import type { StatusBoard } from './status-board.ts'

type LookingParts = Omit<LookContext, 'server'> & {
  /** Undefined while it cannot or must not be asked. */
  server: () => LookContext['server'] | undefined
  /** Not asked for again sooner than this, ms. */
  againMs: () => number
  events: Pick<SyncEvents, 'changed'>
  status: Pick<StatusBoard, 'tell'>
  lost: (error: ForagerError) => void
}

/** Brings up to date what somebody looks at. Quiet when offline: the cache is what there is. */
export function createLooking(parts: LookingParts) {
  const looked = new Map<string, number>()
  const lately = (id: string, now: number): boolean => {
    const at = looked.get(id)
    return at !== undefined && now >= at && now - at < parts.againMs()
  }

  async function look(id: string, at: (id: string, context: LookContext) => Promise<unknown>): Promise<void> {
    const server = parts.server()
    const now = parts.clock.now()
    if (server === undefined || isLocalId(id) || lately(id, now)) return
    looked.set(id, now)
    try {
      await at(id, { ...parts, server })
    } catch (thrown) {
      const error = asForagerError(thrown)
      // The local copy stays.
      if (isOfOneThing(error) || classifyFailure(error).outcome === 'refused')
        parts.status.tell({ problem: toErrorData(error) })
      else if (error.kind !== 'cancelled') parts.lost(error)
    } finally {
      parts.events.changed([id], 0)
    }
  }

  return {
    atAlert: (alertId: string) => look(alertId, lookAtAlert),
    atCase: (caseId: string) => look(caseId, lookAtCase),
  }
}
