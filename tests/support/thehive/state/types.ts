/**
 * What the hive remembers, in words of no API version: a route folder (v1/) turns these into wire objects.
 * Every time is milliseconds since the epoch, UTC.
 */

export const stages = ['New', 'InProgress', 'Imported', 'Closed'] as const
export type Stage = (typeof stages)[number]

export type EntityKind =
  'alert' | 'case' | 'observable' | 'comment' | 'procedure' | 'attachment' | 'task' | 'definition' | 'user'

/**
 * `updatedAt` and `updatedBy` stay undefined until the first change.
 * `revision` rises with every change that shows, stamped or not; serializers cache by it and it never leaves the server.
 */
export type Stamps = {
  id: string
  revision: number
  createdAt: number
  createdBy: string
  updatedAt?: number | undefined
  updatedBy?: string | undefined
}

export type CustomFieldValue = {
  id: string
  name: string
  type: CustomFieldType
  value: unknown
  order: number
}
export type CustomFieldType = 'string' | 'integer' | 'float' | 'boolean' | 'date' | 'url'

/** The first time each stage was entered. */
export type StageDates = {
  newDate: number
  inProgressDate?: number | undefined
  closedDate?: number | undefined
  importedDate?: number | undefined
}

export type Marking = { severity: number; tlp: number; pap: number }

export type Alert = Stamps &
  Marking & {
    kind: 'alert'
    organisation: string
    type: string
    source: string
    sourceRef: string
    title: string
    description: string
    externalLink?: string | undefined
    date: number
    tags: string[]
    follow: boolean
    status: string
    assignee?: string | undefined
    summary?: string | undefined
    caseId?: string | undefined
    caseTemplate?: string | undefined
    customFields: CustomFieldValue[]
    stageDates: StageDates
    observables: Observable[]
    comments: Comment[]
    procedures: Procedure[]
    attachments: Attachment[]
  }

export type Case = Stamps &
  Marking & {
    kind: 'case'
    organisation: string
    number: number
    title: string
    description: string
    startDate: number
    endDate?: number | undefined
    tags: string[]
    flag: boolean
    status: string
    summary?: string | undefined
    impactStatus?: string | undefined
    assignee?: string | undefined
    caseTemplate?: string | undefined
    customFields: CustomFieldValue[]
    stageDates: StageDates
    observables: Observable[]
    comments: Comment[]
    procedures: Procedure[]
    attachments: Attachment[]
    tasks: Task[]
    /** The alerts promoted to or merged into it. */
    alerts: Alert[]
  }

/** What holds observables, comments, procedures and attachments. */
export type Parent = Alert | Case

export type Observable = Stamps & {
  kind: 'observable'
  parent: Parent
  dataType: string
  data?: string | undefined
  attachment?: Attachment | undefined
  message?: string | undefined
  tlp: number
  pap: number
  tags: string[]
  ioc: boolean
  sighted: boolean
  sightedAt?: number | undefined
  ignoreSimilarity: boolean
  external: boolean
}

export type Comment = Stamps & { kind: 'comment'; parent: Parent; message: string; external: boolean }

export type Procedure = Stamps & {
  kind: 'procedure'
  parent: Parent
  patternId: string
  patternName: string
  tactic: string
  occurDate: number
  description?: string | undefined
}

export type Attachment = Stamps & {
  kind: 'attachment'
  name: string
  contentType: string
  blob: Blob
  external: boolean
}

/** Stored bytes: small ones in memory, big ones in a file of the hive's temporary folder. */
export type Blob = {
  sha256: string
  sha1: string
  md5: string
  size: number
  bytes?: Buffer | undefined
  path?: string | undefined
}

export type Task = Stamps & {
  kind: 'task'
  parent: Case
  title: string
  group: string
  description?: string | undefined
  status: string
  flag: boolean
  assignee?: string | undefined
  order: number
  mandatory: boolean
}

export type StatusDefinition = Stamps & {
  kind: 'definition'
  value: string
  stage: Stage
  order: number
  colour: string
  hidden: boolean
}

export type CustomFieldDefinition = Stamps & {
  kind: 'definition'
  name: string
  displayName: string
  group: string
  description: string
  type: CustomFieldType
  options: (string | number)[]
  mandatory: boolean
}

export type TaskOutline = {
  title: string
  group: string
  description?: string | undefined
  mandatory?: boolean | undefined
}

export type CaseTemplate = Stamps & {
  kind: 'definition'
  name: string
  displayName: string
  titlePrefix?: string | undefined
  description?: string | undefined
  severity?: number | undefined
  tlp?: number | undefined
  pap?: number | undefined
  tags: string[]
  flag: boolean
  summary?: string | undefined
  customFields: CustomFieldValue[]
  tasks: TaskOutline[]
}

export type ObservableType = Stamps & { kind: 'definition'; name: string; isAttachment: boolean }

export type Organisation = Stamps & { kind: 'definition'; name: string; description: string }

export type Profile = Stamps & {
  kind: 'definition'
  name: string
  permissions: readonly string[]
  forAdmin: boolean
}

export type User = Stamps & {
  kind: 'user'
  login: string
  name: string
  apiKey: string
  password: string
  locked: boolean
  memberships: { organisation: string; profile: string }[]
}

/** Who asks, for which organisation (its name), and what they may do there. */
export type Actor = { user: User; organisation: string; profile: string; permissions: ReadonlySet<string> }
