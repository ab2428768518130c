import type { TagsPatch } from './drafts.ts'

export function union(...lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())]
}

/** `tags` replaces; `addTags` and `removeTags` then work on the result. */
export function patchTags(current: string[], patch: TagsPatch): string[] {
  const removed = new Set(patch.removeTags)
  return union(patch.tags ?? current, patch.addTags ?? []).filter((tag) => !removed.has(tag))
}
