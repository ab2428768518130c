/**
 * What the hive remembers, in words of no API version: a route folder (v1/) turns these into wire objects.
 * Every time is milliseconds since the epoch, UTC.
 */

export const stages = ['New', 'InProgress', 'Imported', 'Closed'] as const
export type Stage = (typeof stages)[number]

export type EntityKind =
  | 'alert'
  | 'case'
  | 'observable'
  | 'comment'
  | 'procedure'
  | 'attachment'
  | 'task'
  | 'log'
  | 'page'
  | 'definition'
  | 'user'
  | 'audit'

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
    /** TheHive 4: its status is derived from this and `caseId`; `status` is not used there. */
    read?: boolean | undefined
    /** TheHive 4 stores it and never shows it. */
    flag?: boolean | undefined
    /** TheHive 3 and 4: the last change at the source; no change stamp. */
    lastSyncDate?: number | undefined
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
    /** TheHive 3 and 4: why a `Resolved` case was closed. */
    resolutionStatus?: string | undefined
    assignee?: string | undefined
    caseTemplate?: string | undefined
    customFields: CustomFieldValue[]
    stageDates: StageDates
    observables: Observable[]
    comments: Comment[]
    procedures: Procedure[]
    attachments: Attachment[]
    tasks: Task[]
    pages: Page[]
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
  /** TheHive 3: a case's observable that was deleted is still there. */
  isDeleted?: boolean | undefined
  /** TheHive 3, within an alert: the artifact as its sender wrote it; no defaults are filled in. */
  embedded?: Readonly<Record<string, unknown>> | undefined
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
  /** Whose members may read it. */
  organisation: string
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
  startDate?: number | undefined
  endDate?: number | undefined
  dueDate?: number | undefined
  logs: Log[]
}

/** An entry of a task's diary. */
export type Log = Stamps & {
  kind: 'log'
  parent: Task
  message: string
  date: number
  includeInTimeline?: number | undefined
  attachments: Attachment[]
}

/** A text kept with a case. */
export type Page = Stamps & {
  kind: 'page'
  parent: Case
  title: string
  content: string
  category: string
  order: number
}

export type StatusDefinition = Stamps & {
  kind: 'definition'
  value: string
  stage: Stage
  order: number
  description?: string | undefined
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
  status?: string | undefined
  flag?: boolean | undefined
  assignee?: string | undefined
  order?: number | undefined
  startDate?: number | undefined
  endDate?: number | undefined
  dueDate?: number | undefined
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

/** A technique of the attack catalogue. */
export type Pattern = Stamps & {
  kind: 'definition'
  patternId: string
  name: string
  tactics: readonly string[]
  description: string
  platforms: readonly string[]
}

/** A saved list: which entity, which filter, how it is shown. */
export type ListView = Stamps & {
  kind: 'definition'
  organisation: string
  name: string
  entity: string
  filter: Record<string, unknown>
  listOptions: unknown
  sortList?: string[] | undefined
  showColumns?: string[] | undefined
  isShared: boolean
}

export const auditActions = ['create', 'update', 'delete', 'merge'] as const
export type AuditAction = (typeof auditActions)[number]

/** One thing that happened, as the trail keeps it. */
export type Audit = Stamps & {
  kind: 'audit'
  organisation: string
  action: AuditAction
  requestId: string
  /** The first of its request. */
  isMain: boolean
  object: { kind: EntityKind; id: string; name: string }
  /** The alert or case it happened to, or the object itself. */
  root: { kind: EntityKind; id: string }
  details: Record<string, unknown>
}

/** Who asks, for which organisation (its name), and what they may do there. */
export type Actor = { user: User; organisation: string; profile: string; permissions: ReadonlySet<string> }
