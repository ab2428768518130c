import type { Call } from '../../http/router.ts'
import { findAlert, findCase, findChild } from '../../semantics/context.ts'
import type { Alert, Case, Observable } from '../../state/types.ts'
import { parametersOf, type Json } from '../parameters.ts'
import { attributeError } from './fields.ts'

export const alertOf = ({ context, params }: Call): Alert => findAlert(context, params.alertId ?? '')
export const caseOf = ({ context, params }: Call): Case => findCase(context, params.caseId ?? '')
export const observableOf = ({ context, params }: Call): Observable =>
  findChild(context, 'observable', params.observableId ?? '')

/** The ids of a bulk operation, which must be there. */
export function idsOf(call: Call, name = 'ids'): string[] {
  const value = (parametersOf(call) as Json)[name]
  if (!Array.isArray(value)) throw attributeError([{ name, type: 'MissingAttributeError' }])
  return value.map(String)
}
