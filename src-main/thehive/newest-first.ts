import type { AuditEntry } from './port.ts'

/** A trail as it is read: what happened last comes first. */
export const newestFirst = (entries: readonly AuditEntry[]): AuditEntry[] =>
  entries.toSorted((one, other) => other.at - one.at || age(other) - age(one))

/** Of entries of one millisecond a creation came first and a deletion last. */
const age = ({ action }: AuditEntry): number => (action === 'create' ? 0 : action === 'delete' ? 2 : 1)
