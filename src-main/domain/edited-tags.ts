/** Tags travel as add and remove, because those commute with everybody else's. No tag is repeated; one in both lists stays. */
export function editedTags(
  tags: readonly string[],
  { addTags = [], removeTags = [] }: { addTags?: string[] | undefined; removeTags?: string[] | undefined },
): string[] {
  const kept = tags.filter((tag) => addTags.includes(tag) || !removeTags.includes(tag))
  const added = [...new Set(addTags)].filter((tag) => !kept.includes(tag))
  return [...kept, ...added]
}
