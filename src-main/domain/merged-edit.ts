import type { Operation, OperationOf, PayloadOf } from '#shared/model/operation.ts'
import { isAssigning } from './assigning-stage.ts'
import { editedNames, mergeFields } from './custom-fields.ts'
import type { FieldEdit } from './custom-fields.ts'
import { definedOf } from './defined-of.ts'
import { fieldEditOf } from './fold-alert.ts'

/**
 * Two successive edits of one thing as one: laid over anything, it comes to the same as both in their order. It stands on
 * what the first stood on. Undefined where two requests say more than one.
 */
export function mergedEdit(first: Operation, second: Operation): Operation | undefined {
  const base = { ...second.base, ...first.base }
  switch (first.kind) {
    case 'alert.update':
      return second.kind === first.kind && !assignsBetween(first.payload, second.payload)
        ? mergedUpdate(first, second)
        : undefined
    case 'case.update': {
      if (second.kind !== first.kind) return undefined
      // Closing and opening again leaves its marks on a case.
      const bothMove = [first, second].every(({ payload }) => payload.change.status !== undefined)
      return bothMove ? undefined : mergedUpdate(first, second)
    }
    case 'observable.update': {
      if (second.kind !== first.kind) return undefined
      const change = mergedChange(first.payload.change, second.payload.change)
      return { ...first, base, payload: { ...first.payload, change } }
    }
    case 'procedure.edit': {
      if (second.kind !== first.kind) return undefined
      const change = { ...definedOf(first.payload.change), ...definedOf(second.payload.change) }
      return { ...first, base, payload: { ...first.payload, change } }
    }
    case 'comment.edit': {
      if (second.kind !== first.kind) return undefined
      return { ...first, base, payload: { ...first.payload, message: second.payload.message } }
    }
    default:
      return undefined
  }
}

type Setting = PayloadOf<'alert.update'>

/**
 * Whom the server gives a started or closed alert to depends on who has it in between; and who was given it keeps it where the second
 * status gives it to nobody.
 */
const assignsBetween = (a: Setting, b: Setting): boolean =>
  (a.effect.assignee !== undefined && b.change.assignee !== undefined) ||
  (b.effect.assignee !== undefined && a.change.assignee !== undefined) ||
  (a.effect.assignee !== undefined && b.change.status !== undefined && !isAssigning(b.effect.stage))

/** Of an alert or of a case: custom fields go name by name, each on the ground it was decided on. */
function mergedUpdate<U extends OperationOf<'alert.update' | 'case.update'>>(
  first: U,
  second: U,
): U | undefined {
  const [a, b] = [first.payload, second.payload]
  const change = mergedChange(a.change, b.change)
  const base = { ...second.base, ...first.base }
  const [edit, later] = [fieldEditOf(first), fieldEditOf(second)]
  if (edit !== undefined && later !== undefined) {
    const fields = mergedFields(edit, later)
    if (fields === undefined) return undefined
    Object.assign(base, { customFields: fields.base })
    Object.assign(change, { customFields: fields.mine })
  }
  const effect = { ...definedOf(a.effect), ...definedOf(b.effect) }
  return { ...first, base, payload: { change, effect } }
}

type Tagged = { addTags?: string[] | undefined; removeTags?: string[] | undefined }

/** The later value counts. A tag is in the end what was said of it last. */
function mergedChange<C extends Tagged & object>(first: C, second: C): C {
  const { addTags = [], removeTags = [] } = second
  const added = [...(first.addTags ?? []).filter((tag) => !removeTags.includes(tag)), ...addTags]
  const removed = [...(first.removeTags ?? []), ...removeTags].filter((tag) => !added.includes(tag))
  const { addTags: _added, removeTags: _removed, ...plain } = { ...definedOf(first), ...definedOf(second) }
  return {
    ...plain,
    ...(added.length > 0 && { addTags: [...new Set(added)] }),
    ...(removed.length > 0 && { removeTags: [...new Set(removed)] }),
  } as C
}

/** Undefined when the second takes back what the first set: then the two together would seem to say nothing of that name. */
function mergedFields(first: FieldEdit, second: FieldEdit): FieldEdit | undefined {
  const [names, later] = [editedNames(first), editedNames(second)]
  const onlyLater = new Set(later.filter((name) => !names.includes(name)))
  const base = [
    ...first.base.filter(({ name }) => !onlyLater.has(name)),
    ...second.base.filter(({ name }) => onlyLater.has(name)),
  ]
  const merged = { base, mine: mergeFields(second, first.mine) }
  const told = new Set(editedNames(merged))
  return [...names, ...later].every((name) => told.has(name)) ? merged : undefined
}
