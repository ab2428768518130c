import type { AlertChange } from '#shared/model/alert.ts'
import type { CaseChange } from '#shared/model/case.ts'
import type { ObservableChange } from '#shared/model/observable.ts'
import type { Operation, OperationOf } from '#shared/model/operation.ts'
import { severityNames, tlpNames } from '#shared/model/scales.ts'
import { editedNames } from '../domain/custom-fields.ts'
import { fieldEditOf } from '../domain/fold-alert.ts'

/** What a decision does, as a plain sentence without the title of what it is about. */
export function sentenceOf(operation: Operation, caseName: (id: string) => string): string {
  switch (operation.kind) {
    case 'alert.create': {
      const { values, files } = operation.payload
      const brings = [...counted(values.length, 'observable'), ...counted(files.length, 'file')]
      return `Create this alert${brings.length > 0 ? ` with ${brings.join(' and ')}` : ''}`
    }
    case 'alert.update':
    case 'case.update': {
      const { change, effect } = operation.payload
      return listed([...changeWords({ ...change, stage: effect.stage }), ...fieldWords(operation)])
    }
    case 'alert.promote': {
      const { caseTemplate } = operation.payload.choices
      return `Promote to a case${caseTemplate ? ` with template ${caseTemplate}` : ''}`
    }
    case 'alert.merge':
      return `Merge into ${caseName(operation.payload.caseId)}`
    case 'alert.import':
      return `Import observables into ${caseName(operation.payload.caseId)}`
    case 'alert.unlink':
      return `Take out of ${caseName(operation.payload.caseId)}`
    case 'alert.read':
      return operation.payload.read ? 'Mark as read' : 'Mark as unread'
    case 'alert.follow':
      return operation.payload.follow ? 'Follow' : 'Stop following'
    case 'alert.delete':
      return 'Delete this alert'
    case 'case.create':
      return 'Open this case'
    default:
      return childSentence(operation)
  }
}

type ChildOperation = Exclude<Operation, { kind: `alert.${string}` | `case.${string}` }>

function childSentence(operation: ChildOperation): string {
  switch (operation.kind) {
    case 'observable.add-values': {
      const { values } = operation.payload
      return values.length === 1
        ? `Add observable ${values[0]?.dataType}`
        : `Add ${values.length} observables`
    }
    case 'observable.add-file': {
      const { attachment, zip } = operation.payload
      return zip === undefined ? `Add file ${attachment.name}` : `Add the files in ${attachment.name}`
    }
    case 'observable.update':
      return `Observable: ${listed(observableWords(operation.payload.change))}`
    case 'observable.delete':
      return 'Delete an observable'
    case 'comment.add':
      return 'Comment'
    case 'comment.edit':
      return 'Edit a comment'
    case 'comment.delete':
      return 'Delete a comment'
    case 'procedure.add':
      return `Add procedure ${operation.payload.input.patternId}`
    case 'procedure.edit':
      return 'Edit a procedure'
    case 'procedure.delete':
      return 'Delete a procedure'
    case 'attachment.add':
      return `Attach ${operation.payload.attachment.name}`
    case 'attachment.delete':
      return 'Delete an attached file'
  }
}

const counted = (count: number, what: string): string[] =>
  count === 0 ? [] : [`${count} ${what}${count === 1 ? '' : 's'}`]

type Words = (string | false | undefined)[]
const listed = (parts: Words): string =>
  parts.filter((part) => typeof part === 'string').join(' · ') || 'Change nothing'

function fieldWords(operation: OperationOf<'alert.update' | 'case.update'>): Words {
  const edit = fieldEditOf(operation)
  if (edit === undefined) return []
  const kept = new Set(edit.mine.map(({ name }) => name))
  return editedNames(edit).map((name) => `${kept.has(name) ? 'Set' : 'Remove'} ${name}`)
}

type Marked = Pick<ObservableChange, 'tlp' | 'pap' | 'addTags' | 'removeTags'>

const markWords = ({ tlp, pap, addTags = [], removeTags = [] }: Marked): Words => [
  tlp !== undefined && `Set TLP ${tlpNames[tlp]}`,
  pap !== undefined && `Set PAP ${pap.toUpperCase()}`,
  addTags.length > 0 && `Add tag ${addTags.join(', ')}`,
  removeTags.length > 0 && `Remove tag ${removeTags.join(', ')}`,
]

type Changed = Omit<AlertChange, 'customFields'> &
  Pick<CaseChange, 'impactStatus' | 'flag'> & { stage?: string | undefined }

/** The words of a change to an alert or a case. `stage` is what its new status leads to. */
function changeWords({ stage, ...change }: Changed): Words {
  const { status, severity, assignee, impactStatus, flag } = change
  const named = (['title', 'description', 'summary'] as const).filter((field) => change[field] !== undefined)
  return [
    status !== undefined && (stage === 'Closed' ? `Close as ${status}` : `Set status ${status}`),
    severity !== undefined && `Set severity ${severityNames[severity]}`,
    assignee !== undefined && (assignee === null ? 'Unassign' : `Assign to ${assignee}`),
    ...named.map((field) => `Change the ${field}`),
    change.externalLink !== undefined && 'Change the link',
    impactStatus !== undefined && `Set impact ${impactStatus}`,
    flag !== undefined && (flag ? 'Flag' : 'Remove the flag'),
    ...markWords(change),
  ]
}

function observableWords(change: ObservableChange): Words {
  const { dataType, message, ioc, sighted, ignoreSimilarity } = change
  return [
    dataType !== undefined && `Set type ${dataType}`,
    message !== undefined && 'Change the description',
    ioc !== undefined && (ioc ? 'Mark as IOC' : 'Not an IOC'),
    sighted !== undefined && (sighted ? 'Mark as sighted' : 'Not sighted'),
    ignoreSimilarity !== undefined && (ignoreSimilarity ? 'Ignore for similarity' : 'Count for similarity'),
    ...markWords(change),
  ]
}
