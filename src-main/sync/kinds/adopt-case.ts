import type { Case } from '#shared/model/case.ts'
import type { StepContext } from './kind.ts'

/** A case that was promised here has its server id now: whatever leads to it carries that id. */
export async function adoptCase(
  localId: string,
  found: Case,
  { pending, cache }: Pick<StepContext, 'pending' | 'cache'>,
): Promise<void> {
  if (localId !== found.id) {
    pending.mapId(localId, found.id)
    await cache.resolveLocal('case', localId, found.id)
  }
  await cache.upsertCases([found])
}
