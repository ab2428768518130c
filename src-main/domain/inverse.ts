import type { Alert } from '#shared/model/alert.ts'
import type { Operation } from '#shared/model/operation.ts'
import { isAboutCase } from './fold-case.ts'
import { inverseOfChild } from './inverse-child.ts'
import { stays } from './put-back.ts'
import type { Inverse, Now, PutBack } from './put-back.ts'
import { restored } from './restored-fields.ts'

/** What can be put back of what was sent, and what cannot: each kind's inverse, as far as it is still ours. */
export function inverseOf(operation: Operation, now: Now): Inverse {
  if (isAboutCase(operation))
    return operation.kind === 'case.create'
      ? stays('A case is not deleted from here.')
      : ofCase(operation, now)
  if (operation.kind === 'alert.delete') return stays('The alert is deleted; nothing brings it back.')
  const { alert } = now
  if (alert === undefined) return stays('The alert is not in the local copy.')
  if (alert.going === true) return stays('The alert is about to be deleted.')
  return ofAlert(operation, alert, now)
}

function ofAlert(operation: Exclude<Operation, { kind: `case.${string}` }>, alert: Alert, now: Now): Inverse {
  const { alertId } = operation
  switch (operation.kind) {
    case 'alert.update': {
      const { change, left } = restored(operation, alert)
      return {
        putBack:
          change === undefined ? [] : [{ kind: 'alert.update', alertId, payload: { change, effect: {} } }],
        left,
      }
    }
    case 'alert.read': {
      const read = operation.base['read'] === true
      if ((alert.read ?? false) !== operation.payload.read || read === operation.payload.read)
        return stays('The mark is not as you set it.')
      return { putBack: [{ kind: 'alert.read', alertId, payload: { read } }], left: [] }
    }
    case 'alert.follow': {
      const { follow } = operation.payload
      if (alert.follow !== follow || operation.base['follow'] === follow)
        return stays('It was so before, or was changed since.')
      return { putBack: [{ kind: 'alert.follow', alertId, payload: { follow: !follow } }], left: [] }
    }
    case 'alert.promote':
      return outOf(operation.payload.predicted.id, {
        alert,
        now,
        what: 'stays, with what was copied into it',
      })
    case 'alert.merge':
    case 'alert.import':
      return outOf(operation.payload.caseId, { alert, now, what: 'keeps what was copied into it' })
    case 'alert.unlink': {
      const { caseId } = operation.payload
      if (alert.caseId !== undefined) return stays('The alert is in a case again.')
      return {
        putBack: [{ kind: 'alert.merge', alertId, payload: { caseId } }],
        left: ['Its text may be added to the case a second time.'],
      }
    }
    case 'alert.create':
      return {
        putBack: [{ kind: 'alert.delete', alertId, payload: {} }],
        left: ['Deleting it cannot be put back.'],
      }
    case 'alert.delete':
      return stays('The alert is deleted; nothing brings it back.')
    default:
      return inverseOfChild(operation, now)
  }
}

type OutOf = { alert: Alert; now: Now; what: string }

/** What an import did to the case is not undone by taking the alert out of it. */
function outOf(caseId: string, { alert, now, what }: OutOf): Inverse {
  const name = now.caseName(caseId)
  if (alert.caseId !== caseId) return stays(`The alert is not in ${name} any more.`)
  const left = [`${capital(name)} ${what}.`, 'The alert comes back as new.']
  return { putBack: [{ kind: 'alert.unlink', alertId: alert.id, payload: { caseId } }], left }
}

function ofCase(operation: Extract<Operation, { kind: 'case.update' }>, now: Now): Inverse {
  if (now.case === undefined) return stays('The case is not in the local copy.')
  const { change, left } = restored(operation, now.case)
  const { alertId } = operation
  if (change === undefined) return { putBack: [], left }
  return { putBack: [{ kind: 'case.update', alertId, payload: { change, effect: {} } } as PutBack], left }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
