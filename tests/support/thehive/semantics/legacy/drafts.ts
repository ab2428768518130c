import type { CustomFieldType, TaskOutline } from '../../state/types.ts'
import type { CustomFieldInput, FileInput, MarkingInput, ObservableDraft } from '../drafts.ts'

/** What a writer asks of a TheHive 3 or 4, read off the wire and checked. */

export type OlderAlertDraft = MarkingInput & {
  type: string
  source: string
  sourceRef: string
  title: string
  description: string
  externalLink?: string | undefined
  date?: number | undefined
  tags: string[]
  flag?: boolean | undefined
  customFields?: CustomFieldInput | undefined
  caseTemplate?: string | undefined
  observables: ObservableDraft[]
}

/** Absent keys stay; `null` clears. Custom fields as a list are the whole new set, as an object set by name. */
export type OlderAlertPatch = MarkingInput & {
  type?: string | undefined
  source?: string | undefined
  sourceRef?: string | undefined
  title?: string | undefined
  description?: string | undefined
  date?: number | undefined
  lastSyncDate?: number | undefined
  tags?: string[] | undefined
  flag?: boolean | undefined
  read?: boolean | undefined
  follow?: boolean | undefined
  summary?: string | null | undefined
  assignee?: string | null | undefined
  customFields?: CustomFieldInput | undefined
}

export type OlderCaseDraft = MarkingInput & {
  title: string
  description: string
  startDate?: number | undefined
  endDate?: number | undefined
  tags: string[]
  flag?: boolean | undefined
  status?: string | undefined
  summary?: string | undefined
  assignee?: string | undefined
  customFields?: CustomFieldInput | undefined
  tasks: TaskOutline[]
}

export type OlderCasePatch = MarkingInput & {
  title?: string | undefined
  description?: string | undefined
  startDate?: number | undefined
  endDate?: number | null | undefined
  tags?: string[] | undefined
  flag?: boolean | undefined
  status?: string | undefined
  summary?: string | null | undefined
  assignee?: string | null | undefined
  resolutionStatus?: string | null | undefined
  impactStatus?: string | null | undefined
  customFields?: CustomFieldInput | undefined
}

/** A change to TheHive 3's custom fields: nothing there is checked against the definitions. */
export type CustomFieldChange =
  | { set: 'all'; values: readonly CustomFieldEntry[] }
  | { set: 'one'; value: CustomFieldEntry }
  | { set: 'value'; name: string; type: CustomFieldType; value: unknown }

export type CustomFieldEntry = {
  name: string
  type: CustomFieldType
  value: unknown
  order?: number | undefined
}

/** An artifact within a TheHive 3 alert: its content, and its fields as they were sent. */
export type ArtifactDraft = {
  dataType: string
  data?: string | undefined
  file?: FileInput | undefined
  fields: Readonly<Record<string, unknown>>
}

export type AlertDraftOfThree = Omit<
  OlderAlertDraft,
  'observables' | 'customFields' | 'pap' | 'externalLink' | 'flag'
> & {
  /** A caller may choose it. */
  id?: string | undefined
  artifacts: ArtifactDraft[]
  customFields: readonly CustomFieldEntry[]
}

export type AlertPatchOfThree = Pick<
  OlderAlertPatch,
  'title' | 'description' | 'severity' | 'tlp' | 'tags' | 'lastSyncDate' | 'follow'
> & {
  status?: string | undefined
  caseId?: string | null | undefined
  caseTemplate?: string | null | undefined
  artifacts?: ArtifactDraft[] | undefined
  customFields: readonly CustomFieldChange[]
}

export type CaseDraftOfThree = Omit<OlderCaseDraft, 'customFields'> & {
  customFields: readonly CustomFieldEntry[]
}

export type CasePatchOfThree = Omit<OlderCasePatch, 'customFields'> & {
  customFields: readonly CustomFieldChange[]
}
