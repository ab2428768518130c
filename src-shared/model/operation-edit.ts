import { z } from 'zod'
import { alertChangeSchema, alertKeySchema } from './alert.ts'
import { caseChangeSchema, promoteChoicesSchema } from './case.ts'
import { observableChangeSchema, observableMarksSchema } from './observable.ts'

const message = z.string().trim().min(1).max(1_048_576)

/** What of a waiting decision can be changed, by its kind. Not listed is what can only be dropped and made anew. */
export const operationEditSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('alert.create'), key: alertKeySchema }),
  z.object({ kind: z.literal('alert.update'), change: alertChangeSchema }),
  z.object({ kind: z.literal('case.update'), change: caseChangeSchema }),
  z.object({ kind: z.literal('observable.update'), change: observableChangeSchema }),
  z.object({ kind: z.literal('alert.promote'), choices: promoteChoicesSchema }),
  z.object({ kind: z.literal('comment.add'), message }),
  z.object({ kind: z.literal('comment.edit'), message }),
  z.object({ kind: z.literal('observable.add-values'), marks: observableMarksSchema }),
  z.object({ kind: z.literal('observable.add-file'), marks: observableMarksSchema }),
])
export type OperationEdit = z.infer<typeof operationEditSchema>
export type EditableKind = OperationEdit['kind']
