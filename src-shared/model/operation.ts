import { z } from 'zod'
import { errorDataSchema } from '../errors/error-data.ts'
import { alertChangeSchema, alertInputSchema } from './alert.ts'
import { caseChangeSchema, caseInputSchema, caseSchema, promoteChoicesSchema } from './case.ts'
import {
  attachmentSchema,
  observableChangeSchema,
  observableMarksSchema,
  observableValueSchema,
} from './observable.ts'
import { procedureChangeSchema, procedureInputSchema } from './procedure.ts'
import { stageSchema } from './scales.ts'

/** A file taken in and kept, encrypted, until the server has it; `localId` stands for what it becomes there. */
const keptFileSchema = z.object({ localId: z.string(), specimenId: z.string(), attachment: attachmentSchema })
const commentText = z.string().min(1).max(1_048_576)

/** One payload schema a kind of decision. Ids named `local…` are ours until the server gives its own. */
export const operationPayloads = {
  'alert.create': z.object({
    input: alertInputSchema,
    /** What travels with the alert in the same request. Absent in decisions made before alerts could bring anything along. */
    values: z
      .array(observableValueSchema.extend({ localId: z.string(), marks: observableMarksSchema }))
      .default([]),
    files: z.array(keptFileSchema.extend({ marks: observableMarksSchema })).default([]),
  }),
  'alert.update': z.object({
    change: alertChangeSchema,
    /** What the server will do beside the change: the status's stage, and auto-assignment on start or close (5.2.7). */
    effect: z.object({ stage: stageSchema.optional(), assignee: z.string().optional() }),
  }),
  /** `predicted` is the case as it will be; its local id stands for it until the server has given one. */
  'alert.promote': z.object({ choices: promoteChoicesSchema, predicted: caseSchema }),
  'alert.merge': z.object({ caseId: z.string() }),
  'alert.read': z.object({
    read: z.boolean(),
    /** Where the status follows the read mark (TheHive 3 and 4): what it will be. */
    effect: z.object({ status: z.string(), stage: stageSchema }).optional(),
  }),
  'alert.follow': z.object({ follow: z.boolean() }),
  'alert.delete': z.object({}),
  /** Observables and procedures only; the alert is linked all the same. */
  'alert.import': z.object({ caseId: z.string() }),
  'alert.unlink': z.object({ caseId: z.string() }),
  'observable.add-values': z.object({
    marks: observableMarksSchema,
    values: z.array(observableValueSchema.extend({ localId: z.string() })).min(1),
  }),
  'observable.add-file': keptFileSchema.extend({
    marks: observableMarksSchema,
    /** The server unpacks it into one observable a file. */
    zip: z.object({ password: z.string().max(512).optional() }).optional(),
  }),
  'observable.update': z.object({ observableId: z.string(), change: observableChangeSchema }),
  'observable.delete': z.object({ observableId: z.string() }),
  'comment.add': z.object({ localId: z.string(), message: commentText }),
  'comment.edit': z.object({ commentId: z.string(), message: commentText }),
  'comment.delete': z.object({ commentId: z.string() }),
  'procedure.add': z.object({ localId: z.string(), input: procedureInputSchema }),
  'procedure.edit': z.object({ procedureId: z.string(), change: procedureChangeSchema }),
  'procedure.delete': z.object({ procedureId: z.string() }),
  'attachment.add': keptFileSchema,
  'attachment.delete': z.object({ attachmentId: z.string() }),
  'case.create': z.object({ input: caseInputSchema, predicted: caseSchema }),
  'case.update': z.object({ change: caseChangeSchema, effect: z.object({ stage: stageSchema.optional() }) }),
} as const

export type OperationKind = keyof typeof operationPayloads
export const operationKinds = Object.keys(operationPayloads) as OperationKind[]
export type PayloadOf<K extends OperationKind> = z.infer<(typeof operationPayloads)[K]>

/**
 * held: undo window · ready · sending: a first byte may have left · retry-at: waits for its time ·
 * blocked: waits for another operation · conflict: a colleague changed the same field · rejected: the server said no ·
 * cannot-tell: may have happened, and only the analyst can say · sent: done, kept as a receipt.
 */
export const operationStates = [
  'held',
  'ready',
  'sending',
  'retry-at',
  'blocked',
  'conflict',
  'rejected',
  'cannot-tell',
  'sent',
] as const
export type OperationState = (typeof operationStates)[number]

/** What came back, kept for ever: when, which server id, in words. */
export const receiptSchema = z.object({
  at: z.number(),
  serverId: z.string().optional(),
  /** True when a check showed the effect was already there and nothing was sent again. */
  alreadyThere: z.boolean().optional(),
  note: z.string(),
})
export type Receipt = z.infer<typeof receiptSchema>

/** One field both sides changed. Values are shown, never guessed. */
export const fieldConflictSchema = z.object({
  field: z.string(),
  base: z.unknown(),
  mine: z.unknown(),
  theirs: z.unknown(),
  theirsBy: z.string().optional(),
  theirsAt: z.number().optional(),
  /**
   * True: the server's trail says that this person set this very field then. False: there is no such trail, and they were the last
   * to change anything. Absent: not asked yet.
   */
  theirsExact: z.boolean().optional(),
})
export type FieldConflict = z.infer<typeof fieldConflictSchema>

/** What a refused decision was about and the server does not show any more; `other`: all of it is there. */
export const goneSchema = z.object({
  what: z.enum(['alert', 'case', 'observable', 'comment', 'procedure', 'other']),
  /** Who deleted it, and when: where the server's trail tells. */
  by: z.string().optional(),
  at: z.number().optional(),
})
export type Gone = z.infer<typeof goneSchema>

/**
 * Where a decision stands that is in a file for another Forager, too, which may send it as well. exported: not sent from here
 * unless the analyst resumes it · resumed: they did · imported: it came with the file.
 */
export const carriedSchema = z.object({
  role: z.enum(['exported', 'resumed', 'imported']),
  /** When it took this role, ms since the epoch. */
  at: z.number(),
  /** Name of the file. */
  file: z.string(),
  /** exported: the analyst had it on hold before. */
  wasHeld: z.boolean().optional(),
})
export type Carried = z.infer<typeof carriedSchema>

const common = {
  /** UUIDv7: time-ordered. */
  id: z.string(),
  version: z.literal(1),
  /** The alert (for `case.…` kinds: the case) this decision is about: server id, or `local:<uuid>`. */
  alertId: z.string(),
  /** Decisions of one gesture share it and are undone together. */
  groupId: z.string(),
  /** Server values of the touched fields at decision time: the ground of the three-way comparison. */
  base: z.record(z.string(), z.unknown()),
  /** Who decided (login): what the screens show before the server has confirmed. */
  author: z.string(),
  dependsOn: z.array(z.string()),
  state: z.enum(operationStates),
  attempts: z.number(),
  /** An attempt may have taken hold unseen: the server is asked before anything is sent again. */
  mustVerify: z.boolean(),
  /** The server's state came in without being compared with it: that is done before it is sent. */
  mustCompare: z.boolean().optional(),
  /** When the first byte of the first attempt that may have taken hold left, ms since the epoch, the server's clock. */
  firstSentAt: z.number().optional(),
  /** When the last attempt left that nobody has answered: it may still take hold. As `firstSentAt`. */
  leftAt: z.number().optional(),
  /** Not sent before this moment, ms since the epoch. */
  notBefore: z.number(),
  createdAt: z.number(),
  /** By how much our clock has been set back since it was decided, as far as was noticed, ms. */
  setBackBy: z.number().optional(),
  lastError: errorDataSchema.optional(),
  /** Absent: nobody has looked. */
  gone: goneSchema.optional(),
  conflicts: z.array(fieldConflictSchema).optional(),
  receipt: receiptSchema.optional(),
  carried: carriedSchema.optional(),
}

const variant = <K extends OperationKind>(kind: K) =>
  z.object({ ...common, kind: z.literal(kind), payload: operationPayloads[kind] })

export const operationSchema = z.discriminatedUnion('kind', [
  variant('alert.create'),
  variant('alert.update'),
  variant('alert.promote'),
  variant('alert.merge'),
  variant('alert.read'),
  variant('alert.follow'),
  variant('alert.delete'),
  variant('alert.import'),
  variant('alert.unlink'),
  variant('observable.add-values'),
  variant('observable.add-file'),
  variant('observable.update'),
  variant('observable.delete'),
  variant('comment.add'),
  variant('comment.edit'),
  variant('comment.delete'),
  variant('procedure.add'),
  variant('procedure.edit'),
  variant('procedure.delete'),
  variant('attachment.add'),
  variant('attachment.delete'),
  variant('case.create'),
  variant('case.update'),
])
export type Operation = z.infer<typeof operationSchema>
export type OperationOf<K extends OperationKind> = Extract<Operation, { kind: K }>

/**
 * As an operation's `notBefore`: not before the analyst says so. It is on hold, or the undo window lasts until it is sent by hand.
 */
export const untilAnalyst = Number.MAX_SAFE_INTEGER

/** Ids made here start with this; servers never issue such an id. */
export const localIdPrefix = 'local:'
export const isLocalId = (id: string): boolean => id.startsWith(localIdPrefix)

/** Pending = the server does not have it yet, so every view must show it on top of the server's state. */
export const isPending = (operation: Pick<Operation, 'state'>): boolean => operation.state !== 'sent'
