import type { Case } from '#shared/model/case.ts'
import { standingOnCase } from '../../domain/made-case.ts'
import type { StepContext } from './kind.ts'

type World = Pick<StepContext, 'pending' | 'cache'>

/**
 * A case that was promised here has its server id now: whatever leads to it carries that id. `isNew`: our own decision made it, so
 * that nothing in it is anybody else's word.
 */
export async function adoptCase(
  localId: string,
  { found, isNew }: { found: Case; isNew: boolean },
  { pending, cache }: World,
): Promise<void> {
  const moved = isNew ? standingOnCase(localId, found, pending.ours()) : []
  // Known for good before the id is: after a crash in between it is looked for once more.
  pending.saveAll(moved)
  if (localId !== found.id) {
    pending.mapId(localId, found.id)
    await cache.resolveLocal('case', localId, found.id)
  }
  await cache.upsertCases([found])
  if (moved.length > 0) await pending.refold(found.id)
}
