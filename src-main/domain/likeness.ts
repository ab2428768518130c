import type { Operation } from '#shared/model/operation.ts'

/**
 * Decisions of one likeness ask the same of several alerts, or of several observables of one alert, so that one request can
 * carry them. Undefined for whatever has to go by itself: custom fields, for one, are made from each alert's own.
 */
export function likenessOf({ kind, alertId, payload }: Operation): string | undefined {
  switch (kind) {
    case 'alert.delete':
      return kind
    case 'alert.merge':
      return `${kind} ${payload.caseId}`
    case 'alert.update':
      return payload.change.customFields === undefined ? `${kind} ${textOf(payload.change)}` : undefined
    case 'observable.update':
      return `${kind} ${alertId} ${textOf(payload.change)}`
    default:
      return undefined
  }
}

/** A change never changes, and is written once however often it is looked at. */
const written = new WeakMap<object, string>()

/** What is asked for, whatever order it was written in. */
function textOf(change: object): string {
  const known = written.get(change)
  if (known !== undefined) return known
  const asked = Object.entries(change).filter(([, value]) => value !== undefined)
  const text = JSON.stringify(asked.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  written.set(change, text)
  return text
}
