import type { CustomFieldValue } from '#shared/model/alert.ts'
import type { OperationEdit } from '#shared/model/operation-edit.ts'
import { mergeFields } from './custom-fields.ts'
import { isEqual } from './is-equal.ts'
import { mergeText } from './merge-text.ts'
import { isText } from './touched-fields.ts'

type Values = Record<string, unknown>

/** What of an edit is written, field by field. */
function valuesIn(edit: OperationEdit): Values {
  if ('change' in edit) return edit.change
  if ('choices' in edit) return edit.choices
  if ('key' in edit) return edit.key
  return 'marks' in edit ? edit.marks : { message: edit.message }
}

function withValues(edit: OperationEdit, values: Values): OperationEdit {
  if ('message' in edit) return { ...edit, ...values }
  const part = (['change', 'choices', 'key', 'marks'] as const).find((one) => one in edit) ?? 'marks'
  return { ...edit, [part]: values } as OperationEdit
}

/**
 * An edit of a waiting decision that began on `before`, laid over what became of the decision since (a colleague's words merged into it).
 * Undefined where both changed the same place.
 */
export function editBegun(
  edit: OperationEdit,
  before: OperationEdit,
  now: OperationEdit,
): OperationEdit | undefined {
  const [mine, base, theirs] = [valuesIn(edit), valuesIn(before), valuesIn(now)]
  const fields = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  const merged = fields.map((field): [string, unknown] | undefined => {
    if (isEqual(base[field], theirs[field])) return [field, mine[field]]
    if (isEqual(mine[field], base[field]) || isEqual(mine[field], theirs[field]))
      return [field, theirs[field]]
    const both = together(edit, field, { mine: mine[field], base: base[field], theirs: theirs[field] })
    return both === undefined ? undefined : [field, both]
  })
  if (merged.includes(undefined)) return undefined
  const set = merged.filter((one) => one?.[1] !== undefined) as [string, unknown][]
  return withValues(edit, Object.fromEntries(set))
}

function together(edit: OperationEdit, field: string, { mine, base, theirs }: Values): unknown {
  if (field === 'customFields')
    return mergeFields({ base: fieldsOf(base), mine: fieldsOf(mine) }, fieldsOf(theirs))
  if (!isText(edit, field)) return undefined
  if (typeof mine !== 'string' || typeof base !== 'string' || typeof theirs !== 'string') return undefined
  return mergeText({ mine, base, theirs })
}

const fieldsOf = (value: unknown): CustomFieldValue[] => (value ?? []) as CustomFieldValue[]
