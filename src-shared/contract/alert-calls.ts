import { z } from 'zod'
import { alertChangeSchema, alertInputSchema, alertSchema } from '../model/alert.ts'
import { caseChangeSchema, caseInputSchema, caseSchema, promoteChoicesSchema } from '../model/case.ts'
import { commentSchema } from '../model/comment.ts'
import {
  alertAttachmentSchema,
  observableChangeSchema,
  observableMarksSchema,
  observableSchema,
  observableValueSchema,
} from '../model/observable.ts'
import { operationViewSchema } from '../model/operation-view.ts'
import { procedureChangeSchema, procedureInputSchema, procedureSchema } from '../model/procedure.ts'
import { seenByIdSchema, seenValuesSchema } from '../model/seen-values.ts'
import { similarAlertSchema, similarCaseSchema } from '../model/similar.ts'
import { taskSchema } from '../model/task.ts'
import { queueCountsSchema, queueRowSchema } from '../model/queue-row.ts'
import { filterSchema } from '../query/filter.ts'
import { queueCursorSchema, queueSortSchema } from '../query/queue-sort.ts'
import { call, fileTimeoutMs, networkTimeoutMs } from './define.ts'

/** Everything the detail shows, from the local cache alone. */
export const alertDetailSchema = z.object({
  alert: alertSchema,
  observables: z.array(observableSchema),
  comments: z.array(commentSchema),
  procedures: z.array(procedureSchema),
  attachments: z.array(alertAttachmentSchema),
  /** The case it belongs to, when the cache has it. */
  case: caseSchema.optional(),
  pending: z.array(operationViewSchema),
  /** When this copy was last confirmed by the server; absent for what only this machine has. */
  fetchedAt: z.number().optional(),
  /** When the server first said that it is gone or hidden; this copy stays. */
  goneAt: z.number().optional(),
  /** When comments, TTPs and attachments were fetched last; absent while they never were. No list of alerts brings them. */
  childrenAt: z.number().optional(),
})
export type AlertDetail = z.infer<typeof alertDetailSchema>

const ids = z.array(z.string()).min(1).max(10_000)
/** Every decision answers with its group: the handle for undo. The answer comes after the outbox has been fsync'd. */
export const decidedSchema = z.object({ groupId: z.string(), count: z.number() })
export type Decided = z.infer<typeof decidedSchema>

export const fileOutcomeSchema = z.object({
  name: z.string(),
  size: z.number().optional(),
  sha256: z.string().optional(),
  /** Why it was not taken; absent when it was. */
  refused: z.string().optional(),
})
export type FileOutcome = z.infer<typeof fileOutcomeSchema>

export const alertCalls = {
  /** The order of a view as row keys: a snapshot that does not move. Ask again with `after` for what follows. */
  'queue.order': call(
    z.object({
      filter: filterSchema,
      sort: queueSortSchema,
      after: queueCursorSchema.optional(),
      limit: z.number().int().min(1).max(200_000),
    }),
    z.object({ pks: z.array(z.number()), next: queueCursorSchema.nullable() }),
  ),
  /** With `decided`, what was decided before the call shows in the answer; without, it may follow by event. */
  'queue.rows': call(
    z.object({ pks: z.array(z.number()).max(1_000), decided: z.boolean().optional() }),
    z.array(queueRowSchema),
  ),
  'queue.counts': call(z.object({}), queueCountsSchema),
  /**
   * Asks the server itself; what it finds is in the local copy when this answers. `offline` when it cannot be asked. At most
   * 1000 alerts come of one question.
   */
  'queue.askServer': call(
    z.object({ filter: filterSchema, sort: queueSortSchema }),
    z.object({
      /** How many fit, of which `arrived` were not here yet. */
      found: z.number(),
      arrived: z.number(),
      /** Rows that could not be read. */
      setAside: z.number(),
      /** As the server counts; not exact where it stops counting, or could not be asked everything. */
      total: z.object({ count: z.number(), exact: z.boolean() }).optional(),
      /** It has more than were looked at. */
      more: z.boolean(),
      /** Parts of the filter it could not be asked. Not `seen`: observables and case numbers were not looked at. */
      notAsked: z.array(z.object({ text: z.string(), seen: z.boolean() })),
    }),
    { timeoutMs: 5 * networkTimeoutMs },
  ),
  'alerts.get': call(z.object({ id: z.string() }), alertDetailSchema),
  /** A twin (same type, source and sourceRef) is refused as `conflict` with `details.twinId`. */
  'alerts.create': call(
    z.object({
      input: alertInputSchema,
      values: z.array(observableValueSchema).default([]),
      marks: observableMarksSchema.optional(),
      /** Filled in by the preload from dropped File objects. */
      paths: z.array(z.string()).max(100).default([]),
    }),
    decidedSchema.extend({ alertId: z.string(), files: z.array(fileOutcomeSchema) }),
    { timeoutMs: fileTimeoutMs },
  ),
  /** As the server counts it, now; `offline` when it cannot be asked. */
  'alerts.similar': call(
    z.object({ id: z.string() }),
    z.object({
      cases: z.array(similarCaseSchema),
      alerts: z.array(similarAlertSchema),
      /** The server was out of reach: this is what it said when the alert was taken along, ms since the epoch. */
      asOf: z.number().optional(),
    }),
    { timeoutMs: networkTimeoutMs },
  ),
  /** `before`, here and below: what the analyst began from, where the edit took a while. What came in since is compared with it. */
  'triage.update': call(
    z.object({ ids, change: alertChangeSchema, before: seenByIdSchema.optional() }),
    decidedSchema,
  ),
  'triage.promote': call(
    z.object({ id: z.string(), choices: promoteChoicesSchema }),
    decidedSchema.extend({ caseId: z.string() }),
  ),
  'triage.merge': call(z.object({ ids, caseId: z.string() }), decidedSchema),
  'triage.read': call(z.object({ ids, read: z.boolean() }), decidedSchema),
  'triage.follow': call(z.object({ ids, follow: z.boolean() }), decidedSchema),
  'triage.delete': call(z.object({ ids }), decidedSchema),
  'triage.import': call(z.object({ ids, caseId: z.string() }), decidedSchema),
  'triage.unlink': call(z.object({ id: z.string() }), decidedSchema),
  'triage.comment': call(
    z.object({ id: z.string(), message: z.string().trim().min(1).max(1_048_576) }),
    decidedSchema,
  ),
  'triage.addValues': call(
    z.object({
      id: z.string(),
      values: z.array(observableValueSchema).min(1).max(5_000),
      marks: observableMarksSchema,
    }),
    decidedSchema,
  ),
  /** `paths` are filled in by the preload from dropped File objects; a page can never name a path. */
  'triage.addFiles': call(
    z.object({
      id: z.string(),
      paths: z.array(z.string()).min(1).max(500),
      marks: observableMarksSchema,
      /** Set: each file is a zip the server unpacks. */
      zip: z.object({ password: z.string().max(512).optional() }).optional(),
    }),
    decidedSchema.extend({ files: z.array(fileOutcomeSchema) }),
    { timeoutMs: fileTimeoutMs },
  ),
  'triage.updateObservables': call(
    z.object({
      id: z.string(),
      observableIds: ids,
      change: observableChangeSchema,
      before: seenByIdSchema.optional(),
    }),
    decidedSchema,
  ),
  'triage.deleteObservables': call(z.object({ id: z.string(), observableIds: ids }), decidedSchema),
  'triage.editComment': call(
    z.object({
      id: z.string(),
      commentId: z.string(),
      message: z.string().trim().min(1).max(1_048_576),
      before: seenValuesSchema.optional(),
    }),
    decidedSchema,
  ),
  'triage.deleteComment': call(z.object({ id: z.string(), commentId: z.string() }), decidedSchema),
  'triage.addProcedure': call(z.object({ id: z.string(), input: procedureInputSchema }), decidedSchema),
  'triage.editProcedure': call(
    z.object({
      id: z.string(),
      procedureId: z.string(),
      change: procedureChangeSchema,
      before: seenValuesSchema.optional(),
    }),
    decidedSchema,
  ),
  'triage.deleteProcedure': call(z.object({ id: z.string(), procedureId: z.string() }), decidedSchema),
  'triage.addAttachments': call(
    z.object({ id: z.string(), paths: z.array(z.string()).min(1).max(100) }),
    decidedSchema.extend({ files: z.array(fileOutcomeSchema) }),
    { timeoutMs: fileTimeoutMs },
  ),
  'triage.deleteAttachment': call(z.object({ id: z.string(), attachmentId: z.string() }), decidedSchema),
  /** One value a line: what each line is (ip, domain, url, hash, …), refanged. Nothing is stored. */
  'intake.classify': call(
    z.object({ text: z.string().max(1_048_576) }),
    z.array(observableValueSchema.extend({ line: z.number(), original: z.string() })),
  ),
  'cases.search': call(
    z.object({ text: z.string().max(512), limit: z.number().int().min(1).max(200) }),
    z.array(caseSchema),
  ),
  'cases.get': call(
    z.object({ id: z.string() }),
    z.object({ case: caseSchema, tasks: z.array(taskSchema), pending: z.array(operationViewSchema) }),
  ),
  'cases.create': call(z.object({ input: caseInputSchema }), decidedSchema.extend({ caseId: z.string() })),
  'cases.update': call(
    z.object({ ids, change: caseChangeSchema, before: seenByIdSchema.optional() }),
    decidedSchema,
  ),
} as const
