import type { Blob, TaskOutline } from '../state/types.ts'

/** What a writer asks for, after a route folder has read it off the wire and checked its shape. */

export type CustomFieldInput = {
  /** The object form adds or sets by name; the list form is the whole new set. */
  form: 'object' | 'list'
  entries: { name: string; value: unknown; order?: number | undefined }[]
}

export type MarkingInput = {
  severity?: number | undefined
  tlp?: number | undefined
  pap?: number | undefined
}

export type FileInput = { name: string; contentType: string; blob: Blob; external?: boolean | undefined }

export type ObservableDraft = {
  dataType: string
  data: string[]
  files: FileInput[]
  message?: string | undefined
  tlp?: number | undefined
  pap?: number | undefined
  tags: string[]
  ioc: boolean
  sighted: boolean
  sightedAt?: number | undefined
  ignoreSimilarity: boolean
}

export type ProcedureDraft = {
  patternId: string
  occurDate: number
  tactic?: string | undefined
  description?: string | undefined
}

export type AlertDraft = MarkingInput & {
  type: string
  source: string
  sourceRef: string
  title: string
  description: string
  externalLink?: string | undefined
  date?: number | undefined
  tags: string[]
  customFields?: CustomFieldInput | undefined
  summary?: string | undefined
  status?: string | undefined
  assignee?: string | undefined
  caseTemplate?: string | undefined
  observables: ObservableDraft[]
  procedures: ProcedureDraft[]
}

export type TagsPatch = {
  tags?: string[] | undefined
  addTags?: string[] | undefined
  removeTags?: string[] | undefined
}

/** Absent keys stay as they are; `null` clears. */
export type AlertPatch = MarkingInput &
  TagsPatch & {
    type?: string | undefined
    source?: string | undefined
    sourceRef?: string | undefined
    title?: string | undefined
    description?: string | undefined
    date?: number | undefined
    follow?: boolean | undefined
    status?: string | undefined
    externalLink?: string | null | undefined
    summary?: string | null | undefined
    assignee?: string | null | undefined
    customFields?: CustomFieldInput | undefined
  }

export type CaseInput = MarkingInput & {
  title?: string | undefined
  description?: string | undefined
  startDate?: number | undefined
  endDate?: number | undefined
  tags?: string[] | undefined
  flag?: boolean | undefined
  status?: string | undefined
  summary?: string | undefined
  assignee?: string | undefined
  customFields?: CustomFieldInput | undefined
  caseTemplate?: string | undefined
  tasks: TaskOutline[]
  pages?: PageDraft[] | undefined
  shares?: ShareDraft[] | undefined
  /** How tasks and observables of the case reach those who share it: `manual` or `autoShare`. */
  taskRule?: string | undefined
  observableRule?: string | undefined
}

/** Another organisation that sees a case. */
export type ShareDraft = {
  organisation: string
  taskRule?: string | undefined
  observableRule?: string | undefined
}

export type PageDraft = { title: string; content: string; category: string; order?: number | undefined }

/** Absent keys stay as they are; `null` takes the assignee away. */
export type TaskPatch = Partial<Omit<TaskOutline, 'title' | 'group' | 'assignee'>> & {
  title?: string | undefined
  group?: string | undefined
  assignee?: string | null | undefined
}

export type CasePatch = MarkingInput &
  TagsPatch & {
    title?: string | undefined
    description?: string | undefined
    startDate?: number | undefined
    endDate?: number | undefined
    flag?: boolean | undefined
    status?: string | undefined
    summary?: string | null | undefined
    assignee?: string | null | undefined
    impactStatus?: string | null | undefined
    customFields?: CustomFieldInput | undefined
  }

export type ObservablePatch = TagsPatch & {
  dataType?: string | undefined
  message?: string | undefined
  tlp?: number | undefined
  pap?: number | undefined
  ioc?: boolean | undefined
  sighted?: boolean | undefined
  sightedAt?: number | undefined
  ignoreSimilarity?: boolean | undefined
  external?: boolean | undefined
}
