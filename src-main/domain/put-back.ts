import type { Alert } from '#shared/model/alert.ts'
import type { Case } from '#shared/model/case.ts'
import type { Comment } from '#shared/model/comment.ts'
import type { AlertAttachment, Observable } from '#shared/model/observable.ts'
import type { OperationKind, PayloadOf } from '#shared/model/operation.ts'
import type { Procedure } from '#shared/model/procedure.ts'

/** What the analyst sees now of what a receipt is about, pending decisions included. */
export type Now = {
  alert?: Alert | undefined
  case?: Case | undefined
  observables: readonly Observable[]
  comments: readonly Comment[]
  procedures: readonly Procedure[]
  attachments: readonly AlertAttachment[]
  caseName: (id: string) => string
}

type Draft = { [K in OperationKind]: { kind: K; payload: PayloadOf<K> } }[OperationKind]
/** One ordinary decision that puts something back. */
export type PutBack = Draft & { alertId: string }
/** `left` is what stays as it is, with the reason, in words. */
export type Inverse = { putBack: PutBack[]; left: string[] }

export const stays = (...left: string[]): Inverse => ({ putBack: [], left })
