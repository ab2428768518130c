import { severityNames, tlpNames } from '#shared/model/scales.ts'
import type { Operation, OperationOf } from '#shared/model/operation.ts'

/** What a decision does, as a plain sentence without its alert's title. */
export function sentenceOf(operation: Operation, caseName: (id: string) => string): string {
  switch (operation.kind) {
    case 'alert.create':
      return 'Create this alert'
    case 'alert.update':
      return changeSentence(operation)
    case 'alert.promote':
      return `Promote to a case${operation.payload.choices.caseTemplate ? ` with template ${operation.payload.choices.caseTemplate}` : ''}`
    case 'alert.merge':
      return `Merge into ${caseName(operation.payload.caseId)}`
    case 'observable.add-values': {
      const { values } = operation.payload
      return values.length === 1
        ? `Add observable ${values[0]?.dataType}`
        : `Add ${values.length} observables`
    }
    case 'observable.add-file':
      return `Add file ${operation.payload.attachment.name}`
    case 'comment.add':
      return 'Comment'
  }
}

function changeSentence({ payload }: OperationOf<'alert.update'>): string {
  const { change, effect } = payload
  const parts = [
    change.status !== undefined &&
      (effect.stage === 'Closed' ? `Close as ${change.status}` : `Set status ${change.status}`),
    change.severity !== undefined && `Set severity ${severityNames[change.severity]}`,
    change.tlp !== undefined && `Set TLP ${tlpNames[change.tlp]}`,
    change.pap !== undefined && `Set PAP ${change.pap.toUpperCase()}`,
    change.assignee !== undefined && (change.assignee === null ? 'Unassign' : `Assign to ${change.assignee}`),
    change.title !== undefined && 'Change the title',
    change.description !== undefined && 'Change the description',
    change.summary !== undefined && 'Change the summary',
    change.addTags?.length && `Add tag ${change.addTags.join(', ')}`,
    change.removeTags?.length && `Remove tag ${change.removeTags.join(', ')}`,
  ]
  return parts.filter((part) => typeof part === 'string').join(' · ')
}
