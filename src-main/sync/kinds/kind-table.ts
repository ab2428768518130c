import type { Operation, OperationKind } from '#shared/model/operation.ts'
import { alertCreate } from './alert-create.ts'
import { alertMerge } from './alert-merge.ts'
import { alertPromote } from './alert-promote.ts'
import { alertUpdate } from './alert-update.ts'
import { commentAdd } from './comment-add.ts'
import type { KindRules } from './kind.ts'
import { observableFile } from './observable-file.ts'
import { observableValues } from './observable-values.ts'

const kindTable: { [K in OperationKind]: KindRules<K> } = {
  'alert.create': alertCreate,
  'alert.update': alertUpdate,
  'alert.promote': alertPromote,
  'alert.merge': alertMerge,
  'observable.add-values': observableValues,
  'observable.add-file': observableFile,
  'comment.add': commentAdd,
}

/** The rules of an operation's kind. */
export function rulesOf<O extends Operation>(operation: O): KindRules<O['kind']> {
  return kindTable[operation.kind] as KindRules<O['kind']>
}
