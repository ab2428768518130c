import { saysTheSame } from '../../domain/is-equal.ts'

type Change = { addTags?: string[] | undefined; removeTags?: string[] | undefined } & object

/** Whether an entity already looks as a change wants it; nothing and an empty text in a change mean that the field is absent. */
export function changeHolds(entity: object, change: Change): boolean {
  const { addTags = [], removeTags = [], ...plain } = change
  const current = entity as Record<string, unknown>
  const tags = (current['tags'] ?? []) as readonly string[]
  return (
    Object.entries(plain).every(
      ([field, value]) => value === undefined || saysTheSame(current[field], value),
    ) &&
    addTags.every((tag) => tags.includes(tag)) &&
    removeTags.every((tag) => !tags.includes(tag))
  )
}
