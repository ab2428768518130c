/**
 * The alert's fields that conditions can name: a closed set, and a reader that misses one does not compile.
 * `tags`, `observable` and `observableType` have several values: one that fits is enough.
 */
export const textFields = [
  'status',
  'type',
  'source',
  'sourceRef',
  'title',
  'description',
  'summary',
  'externalLink',
  'caseTemplate',
  'assignee',
  'caseId',
  'createdBy',
  'tags',
  'observable',
  'observableType',
] as const
export type TextField = (typeof textFields)[number]

export const numberFields = ['observableCount', 'caseNumber'] as const
export type NumberField = (typeof numberFields)[number]

/** `updatedAt` is the last change, or the creation of what never changed. */
export const dateFields = ['date', 'createdAt', 'updatedAt'] as const
export type DateField = (typeof dateFields)[number]

export type OrderedField = 'severity' | 'tlp' | 'pap' | NumberField | DateField

/**
 * `read` is the mark of TheHive 3 and 4; where there is none, an alert that left the New stage was read. `gone` is ours: the
 * server no longer shows the alert, and the copy stays.
 */
export const flagFields = ['read', 'follow', 'gone'] as const
export type FlagField = (typeof flagFields)[number]

/** What an alert may lack. */
export const optionalFields = [
  'assignee',
  'caseId',
  'caseTemplate',
  'summary',
  'externalLink',
  'tags',
] as const
export type OptionalField = (typeof optionalFields)[number]
