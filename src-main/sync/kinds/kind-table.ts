import type { Operation, OperationKind } from '#shared/model/operation.ts'
import { alertCreate } from './alert-create.ts'
import { alertDelete } from './alert-delete.ts'
import { alertFollow, alertRead } from './alert-flags.ts'
import { alertImport, alertMerge } from './alert-link.ts'
import { alertPromote } from './alert-promote.ts'
import { alertUnlink } from './alert-unlink.ts'
import { alertUpdate } from './alert-update.ts'
import { attachmentAdd, attachmentDelete } from './attachment.ts'
import { caseCreate } from './case-create.ts'
import { caseUpdate } from './case-update.ts'
import { commentAdd } from './comment-add.ts'
import { commentDelete, commentEdit } from './comment-change.ts'
import type { KindRules } from './kind.ts'
import { observableDelete, observableUpdate } from './observable-change.ts'
import { observableFile } from './observable-file.ts'
import { observableValues } from './observable-values.ts'
import { procedureAdd } from './procedure-add.ts'
import { procedureDelete, procedureEdit } from './procedure-change.ts'

const kindTable: { [K in OperationKind]: KindRules<K> } = {
  'alert.create': alertCreate,
  'alert.update': alertUpdate,
  'alert.promote': alertPromote,
  'alert.merge': alertMerge,
  'alert.read': alertRead,
  'alert.follow': alertFollow,
  'alert.delete': alertDelete,
  'alert.import': alertImport,
  'alert.unlink': alertUnlink,
  'observable.add-values': observableValues,
  'observable.add-file': observableFile,
  'observable.update': observableUpdate,
  'observable.delete': observableDelete,
  'comment.add': commentAdd,
  'comment.edit': commentEdit,
  'comment.delete': commentDelete,
  'procedure.add': procedureAdd,
  'procedure.edit': procedureEdit,
  'procedure.delete': procedureDelete,
  'attachment.add': attachmentAdd,
  'attachment.delete': attachmentDelete,
  'case.create': caseCreate,
  'case.update': caseUpdate,
}

/** The rules of an operation's kind. */
export function rulesOf<O extends Operation>(operation: O): KindRules<O['kind']> {
  return kindTable[operation.kind] as KindRules<O['kind']>
}
