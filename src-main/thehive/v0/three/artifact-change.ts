import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ObservableChange } from '#shared/model/observable.ts'
import type { Api } from '../../api.ts'
import type { TlpScale } from '../../scales.ts'
import { tagsAfter } from '../../tags-after.ts'
import * as wire from '../../wire-fields.ts'
import type { Row } from '../../wire-fields.ts'

/** An embedded observable with a change on it. Its tags are always written: the server wants them or a message. */
export function changedArtifact(row: Row, change: ObservableChange, scale: TlpScale): Row {
  const { message, tlp, ioc, sighted } = change
  return {
    ...row,
    tags: tagsAfter(wire.texts(row, 'tags'), change),
    ...(message !== undefined && { message }),
    ...(tlp !== undefined && { tlp: scale.toWire[tlp] }),
    ...(ioc !== undefined && { ioc }),
    ...(sighted !== undefined && { sighted }),
  }
}

export const missingArtifact = (api: Pick<Api, 'http'>): ForagerError =>
  new ForagerError('not-found', `${api.http.host} has no such observable in this alert.`)
