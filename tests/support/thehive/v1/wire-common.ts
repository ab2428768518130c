import type { ServerKind } from '../state/server-kind.ts'
import type * as T from '../state/types.ts'
import { papLabel, severityLabel, tlpLabel } from './labels.ts'

/**
 * Wire objects of /api/v1, keys in one fixed order and `extraData` last. A key whose value is undefined is left out of
 * the JSON: TheHive omits absent values, it never writes null.
 */
export type WireObject = Record<string, unknown>

export const meta = (record: T.Stamps, type: string): WireObject => ({
  _id: record.id,
  _type: type,
  _createdBy: record.createdBy,
  _updatedBy: record.updatedBy,
  _createdAt: record.createdAt,
  _updatedAt: record.updatedAt,
})

/** The numbers have had names beside them since 5.2.0. */
export function marking(
  server: ServerKind,
  { tlp, pap }: { tlp?: number | undefined; pap?: number | undefined },
): WireObject {
  const named = server.atLeast('5.2.0')
  return {
    tlp,
    tlpLabel: named && tlp !== undefined ? tlpLabel(tlp) : undefined,
    pap,
    papLabel: named && pap !== undefined ? papLabel(pap) : undefined,
  }
}

export const severity = (server: ServerKind, value: number | undefined): WireObject => ({
  severity: value,
  severityLabel: value !== undefined && server.atLeast('5.2.0') ? severityLabel(value) : undefined,
})

export const customFields = (values: readonly T.CustomFieldValue[]) =>
  values.map(({ id, name, type, value, order }) => ({ _id: id, name, type, value, order }))

/** Since 5.6.0 records tell whether outsiders see them. */
export const external = (server: ServerKind, value: boolean): WireObject => ({
  external: server.atLeast('5.6.0') ? value : undefined,
})

/** Milliseconds between the clock's marks; negative where a sender dates an alert in the future. Since 5.1.0. */
export function durations(server: ServerKind, start: number, dates: T.StageDates): WireObject {
  if (!server.atLeast('5.1.0')) return {}
  const { newDate, inProgressDate, closedDate, importedDate } = dates
  const done = Math.max(importedDate ?? 0, closedDate ?? 0)
  return {
    newDate,
    inProgressDate,
    closedDate,
    importedDate,
    timeToDetect: newDate - start,
    timeToTriage: inProgressDate === undefined ? undefined : inProgressDate - newDate,
    timeToQualify: done === 0 ? undefined : done - newDate,
    timeToAcknowledge: inProgressDate === undefined ? undefined : inProgressDate - start,
  }
}
