import type { ConflictChoice } from '#shared/model/conflict-choice.ts'
import type { FieldConflict } from '#shared/model/operation.ts'

/** One choice for every field of a conflict, made by somebody who sees what there is now. */
export function chosen(
  { id, conflicts = [] }: { id: string; conflicts?: FieldConflict[] | undefined },
  choice: ConflictChoice,
) {
  return {
    id,
    seen: Object.fromEntries(conflicts.map(({ field, theirs }) => [field, theirs])),
    choices: Object.fromEntries(conflicts.map(({ field }) => [field, choice])),
  }
}
