import type { Attachment, Observable } from '#shared/model/observable.ts'
import type { TlpScale } from '../scales.ts'
import * as wire from '../wire-fields.ts'
import type { Row } from '../wire-fields.ts'

const sha256Hex = /^[0-9a-f]{64}$/

/**
 * One observable of an answer as Forager's own.
 * @throws WireProblem naming the first field that is not as promised
 */
export function readObservable(value: unknown, scale: TlpScale): Observable {
  const row = wire.asRow(value, 'observable')
  const observable: Observable = {
    id: wire.id(row),
    dataType: wire.text(row, 'dataType'),
    tlp: wire.tlp(row, scale.fromWire),
    // TheHive 4 keeps none on observables.
    pap: wire.pap(row, 'amber'),
    tags: wire.texts(row, 'tags'),
    ioc: wire.flag(row, 'ioc', false),
    sighted: wire.flag(row, 'sighted', false),
    ignoreSimilarity: wire.flag(row, 'ignoreSimilarity', false),
    createdAt: wire.number(row, '_createdAt'),
    createdBy: wire.text(row, '_createdBy'),
  }
  const data = wire.optionalText(row, 'data')
  if (data !== undefined) observable.data = data
  const attachment = row['attachment']
  if (attachment !== undefined && attachment !== null) observable.attachment = readAttachment(attachment)
  const message = wire.optionalText(row, 'message')
  if (message !== undefined) observable.message = message
  const sightedAt = wire.optionalMoment(row, 'sightedAt')
  if (sightedAt !== undefined) observable.sightedAt = sightedAt
  const updatedAt = wire.optionalNumber(row, '_updatedAt')
  if (updatedAt !== undefined) observable.updatedAt = updatedAt
  return observable
}

/** @throws WireProblem naming the first field that is not as promised */
export function readAttachment(value: unknown): Attachment {
  const row = wire.asRow(value, 'attachment')
  return {
    name: wire.text(row, 'name'),
    size: wire.number(row, 'size'),
    contentType: wire.text(row, 'contentType'),
    sha256: sha256Of(row),
  }
}

/** The first hash is the SHA-256, which is also the id (api.md §2.9); an outside store may know neither: empty then. */
function sha256Of(row: Row): string {
  const candidates = [...wire.texts(row, 'hashes'), wire.optionalText(row, 'id') ?? '']
  return candidates.find((candidate) => sha256Hex.test(candidate)) ?? ''
}

/** The alert an observable hangs on; undefined when it hangs on a case. Present where `links` was asked for. */
export function alertIdOf(value: unknown): string | undefined {
  const id = step(step(step(step(value, 'extraData'), 'links'), 'alert'), '_id')
  return typeof id === 'string' ? id : undefined
}

function step(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Row)[key] : undefined
}
