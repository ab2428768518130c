/** The list a change of tags leads to: removals first, additions at the end. */
export function tagsAfter(
  tags: readonly string[],
  change: { addTags?: readonly string[] | undefined; removeTags?: readonly string[] | undefined },
): string[] {
  const kept = tags.filter((tag) => change.removeTags?.includes(tag) !== true)
  return [...new Set([...kept, ...(change.addTags ?? [])])]
}
