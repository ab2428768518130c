import type { Comment } from '#shared/model/comment.ts'
import type { AlertAttachment, Observable, ObservableChange } from '#shared/model/observable.ts'
import type { Procedure, ProcedureChange } from '#shared/model/procedure.ts'
import { definedOf } from './defined-of.ts'
import { editedTags } from './edited-tags.ts'

/** What hangs on an alert, by kind. */
export type Children = {
  observable: Observable
  comment: Comment
  procedure: Procedure
  attachment: AlertAttachment
}
export type ChildEntity = keyof Children

/** What a pending decision does to a child that is not itself pending. */
export type ChildEdit =
  | { entity: ChildEntity; id: string; do: 'delete' }
  | { entity: 'observable'; id: string; do: 'change'; change: ObservableChange }
  | { entity: 'comment'; id: string; do: 'change'; change: { message: string } }
  | { entity: 'procedure'; id: string; do: 'change'; change: ProcedureChange }

/** The list as it is shown: edits laid over it in order. Laying them on twice changes nothing. */
export function applyEdits<E extends ChildEntity>(
  entity: E,
  list: readonly Children[E][],
  edits: readonly ChildEdit[],
): Children[E][] {
  const relevant = Map.groupBy(
    edits.filter((edit) => edit.entity === entity),
    ({ id }) => id,
  )
  if (relevant.size === 0) return [...list]
  return list.flatMap((child) => {
    const own = relevant.get(child.id) ?? []
    if (own.some((edit) => edit.do === 'delete')) return []
    return [own.reduce<Children[E]>(edited, child)]
  })
}

function edited<C extends Children[ChildEntity]>(child: C, edit: ChildEdit): C {
  if (edit.do === 'delete') return child
  if (edit.entity === 'comment') return { ...child, message: edit.change.message, edited: true }
  if (edit.entity === 'procedure') return { ...child, ...definedOf(edit.change) }
  const { addTags, removeTags, ...plain } = edit.change
  const { tags } = child as Observable
  return { ...child, ...definedOf(plain), tags: editedTags(tags, { addTags, removeTags }) }
}
