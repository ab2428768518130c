type Change = { addTags?: string[] | undefined; removeTags?: string[] | undefined } & object

/** Whether an entity already looks as a change wants it; null in a change means that the field is absent. */
export function changeHolds(entity: object, change: Change): boolean {
  const { addTags = [], removeTags = [], ...plain } = change
  const current = entity as Record<string, unknown>
  const tags = (current['tags'] ?? []) as readonly string[]
  return (
    Object.entries(plain).every(
      ([field, value]) => value === undefined || (current[field] ?? null) === value,
    ) &&
    addTags.every((tag) => tags.includes(tag)) &&
    removeTags.every((tag) => !tags.includes(tag))
  )
}
