import type { Case } from '#shared/model/case.ts'
import type { Operation } from '#shared/model/operation.ts'
import { applyEdits } from './child-edits.ts'
import type { ChildEntity, Children } from './child-edits.ts'
import { valueOf } from './conflicts.ts'
import { addedComment, addedFile, addedValues } from './fold-children.ts'
import { editOf } from './fold.ts'
import { foldCase, isAboutCase } from './fold-case.ts'
import { isEqual } from './is-equal.ts'
import { groundedOn } from './restack.ts'
import { childIdOf } from './target.ts'
import type { ResolveId } from './target.ts'

type Made = Case | Children[ChildEntity]

/** What a decision that can be edited makes, as it is to be. */
function madeBy(operation: Operation): Made[] {
  switch (operation.kind) {
    case 'alert.promote':
      return [operation.payload.predicted]
    case 'comment.add':
      return [addedComment(operation)]
    case 'observable.add-values':
      return addedValues(operation)
    case 'observable.add-file':
      return [addedFile(operation)]
    default:
      return []
  }
}

const targetOf = (operation: Operation): string | undefined =>
  isAboutCase(operation) ? operation.alertId : childIdOf(operation)

type Edit = { before: Operation; after: Operation }

/** Later decisions about what an edited one makes, on the new look of it. Answers those that changed. */
export function basedOnMade(
  { before, after }: Edit,
  later: readonly Operation[],
  resolveId: ResolveId,
): Operation[] {
  const about = Map.groupBy(later, (one) => resolveId(targetOf(one) ?? ''))
  const becomes = new Map(madeBy(after).map((made) => [made.id, made]))
  return madeBy(before).flatMap((was) =>
    following({ was, is: becomes.get(was.id) }, about.get(resolveId(was.id)) ?? []),
  )
}

type Looks = { was: Made | undefined; is: Made | undefined }

/** Each saw it as those before left it. */
function following(made: Looks, later: readonly Operation[]): Operation[] {
  let { was, is } = made
  return later.flatMap((operation) => {
    const moved = was && is ? onLook(operation, was, is) : operation
    was = was && changedBy(operation, was)
    is = is && changedBy(moved, is)
    return moved === operation ? [] : [moved]
  })
}

const onLook = (operation: Operation, was: Made, is: Made): Operation =>
  Object.keys(operation.base)
    .filter((field) => isEqual(valueOf(operation.base, field), valueOf(was, field)))
    .reduce((state, field) => groundedOn(state, field, valueOf(is, field)), operation)

function changedBy(operation: Operation, made: Made): Made | undefined {
  if (isAboutCase(operation)) return foldCase(made as Case, [operation])
  const edit = editOf(operation as Parameters<typeof editOf>[0])
  return applyEdits(edit.entity, [{ ...(made as Children[ChildEntity]), id: edit.id }], [edit])[0]
}
