import type { AlertChange, AlertInput } from '#shared/model/alert.ts'
import type { ObservableMarks, ObservableValue } from '#shared/model/observable.ts'
import { papToWire } from '../scales.ts'
import { customFieldsBody } from './custom-fields.ts'
import type { OlderApi } from './older-api.ts'

type Body = Record<string, unknown>

/** An alert as `/api` takes it; `artifacts` are its observables. TheHive 3 refuses keys it does not know. */
export function createAlertBody(api: OlderApi, input: AlertInput, artifacts: readonly Body[]): Body {
  const { tlp, pap, tags, customFields, externalLink, ...plain } = input
  return {
    ...plain,
    tlp: api.scale.toWire[tlp],
    tags: [...new Set(tags)],
    ...(api.flavour === 'thehive4' && { pap: papToWire(pap), externalLink }),
    ...(customFields.length > 0 && { customFields: customFieldsBody(customFields, api) }),
    artifacts,
  }
}

/** Everything but tags, of which the server takes whole lists only, and the status, which is a read mark. */
export function updateAlertBody(api: OlderApi, change: AlertChange): Body {
  const { tlp, pap, customFields, addTags: _, removeTags: __, status: ___, ...plain } = change
  return {
    ...plain,
    ...(tlp !== undefined && { tlp: api.scale.toWire[tlp] }),
    ...(pap !== undefined && { pap: papToWire(pap) }),
    ...(customFields !== undefined && { customFields: customFieldsBody(customFields, api) }),
  }
}

export const changesTags = ({ addTags = [], removeTags = [] }: Pick<AlertChange, 'addTags' | 'removeTags'>) =>
  addTags.length + removeTags.length > 0

/** Undefined values vanish in JSON: a change of nothing but tags or status leaves nothing to send. */
export const isEmpty = (body: Body): boolean => Object.values(body).every((value) => value === undefined)

/** TheHive 3 before 3.4 knows no `sighted` inside an alert, and PAP on observables came with TheHive 5. */
export function marksBody(api: OlderApi, marks: ObservableMarks, sighted: boolean): Body {
  const { tlp, tags, ioc, message } = marks
  return {
    tlp: api.scale.toWire[tlp],
    tags: [...new Set(tags)],
    ioc,
    ...(sighted && { sighted: marks.sighted }),
    ...(message !== undefined && { message }),
  }
}

export const valueBody = ({ dataType, data }: ObservableValue): Body => ({ dataType, data })
