import type { Severity } from '#shared/model/scales.ts'
import * as wire from '../wire-fields.ts'
import type { Row } from '../wire-fields.ts'

/** TheHive 4 stores any number (api.md §2.1): one off the scale stands at its nearer end, so that the alert stays visible. */
export function readSeverity(row: Row): Severity {
  const value = row['severity']
  if (!Number.isInteger(value)) return wire.severity(row)
  return Math.min(4, Math.max(1, value as number)) as Severity
}
