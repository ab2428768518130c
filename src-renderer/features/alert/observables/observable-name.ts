import type { Observable } from '#shared/model/observable.ts'
import { shownValue } from '../../../ui/format/defang.ts'

/** How an observable is named in a sentence: a file by its name, a value defanged. */
export function observableName(one: Observable): string {
  if (one.attachment) return one.attachment.name
  return one.data === undefined ? one.dataType : shownValue(one.dataType, one.data)
}
