import type { ConflictChoice } from '#shared/model/conflict-choice.ts'
import type { OperationView } from '#shared/model/operation-view.ts'

/** What was chosen so far, by field. */
export type Choices = Readonly<Record<string, ConflictChoice>>

/** What choices were made about: another value of theirs asks anew. */
export const choicesKey = ({ id, conflicts = [] }: OperationView): string =>
  JSON.stringify([id, conflicts.map(({ field, theirs }) => [field, theirs])])
