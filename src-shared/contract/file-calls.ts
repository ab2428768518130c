import { z } from 'zod'
import { strayFileSchema } from '../model/stray-file.ts'
import { call, fileTimeoutMs } from './define.ts'

const form = z.enum(['file', 'zip'])
/** Size in bytes; `password` of a zip that was packed here: of the server's own it is the server's. */
const savedSchema = z.object({ path: z.string(), size: z.number(), password: z.string().optional() })
export type Saved = z.infer<typeof savedSchema>

/** Files that leave Forager, to where the analyst says: the path is asked in the main process. Null: cancelled. */
export const fileCalls = {
  'observables.save': call(
    z.object({ id: z.string(), observableId: z.string(), as: form }),
    savedSchema.nullable(),
    { timeoutMs: fileTimeoutMs },
  ),
  /** A file attached to the alert itself. */
  'attachments.save': call(z.object({ id: z.string(), attachmentId: z.string() }), savedSchema.nullable(), {
    timeoutMs: fileTimeoutMs,
  }),
  /** Kept files that no decision speaks of, as they were found at opening; oldest first. */
  'strays.list': call(z.object({}), z.array(strayFileSchema)),
  'strays.save': call(z.object({ id: z.string(), as: form }), savedSchema.nullable(), {
    timeoutMs: fileTimeoutMs,
  }),
  /** For ever: there may be no other copy. Discarding what is gone is fine. */
  'strays.discard': call(z.object({ id: z.string() }), z.null()),
} as const
