import { badRequest } from '../state/errors.ts'
import type { Context } from './context.ts'
import type { TagsPatch } from './drafts.ts'

export function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())]
}

/** `tags` replaces; `addTags` and `removeTags` then work on the result. */
export function patchTags(current: string[], patch: TagsPatch): string[] {
  const removed = new Set(patch.removeTags)
  return union(patch.tags ?? current, patch.addTags ?? []).filter((tag) => !removed.has(tag))
}

/** Source: from 5.8.0 on a deactivated tag of a taxonomy stays where it is and cannot be added. The words are [inferred]. */
export function refuseInactiveTags(
  { state, server }: Pick<Context, 'state' | 'server'>,
  current: readonly string[],
  { tags = [], addTags = [] }: TagsPatch,
): void {
  if (!server.atLeast('5.8.0')) return
  const added = [...tags, ...addTags].filter((tag) => !current.includes(tag))
  const inactive = added.find((tag) => state.inactiveTags.has(tag))
  if (inactive !== undefined) throw badRequest(`Tag ${inactive} is deactivated`)
}
