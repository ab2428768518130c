import { createHash } from 'node:crypto'
import type { Attachment, Observable } from '#shared/model/observable.ts'
import type { SetAside } from '../../../domain/page.ts'
import { setAside } from '../../read-page.ts'
import type { TlpScale } from '../../scales.ts'
import * as wire from '../../wire-fields.ts'
import type { Row } from '../../wire-fields.ts'

/** What an artifact takes over from the alert it is written in. */
type Owner = { id: string; createdAt: number; createdBy: string }

/** Where an artifact's content is found: its value, its file, or, for MISP, the file's name elsewhere. */
function contentOf(row: Row): string {
  const nested = (field: string): Row | undefined =>
    typeof row[field] === 'object' && row[field] !== null ? (row[field] as Row) : undefined
  const content = row['data'] ?? nested('attachment')?.['id'] ?? nested('remoteAttachment')?.['reference']
  return typeof content === 'string' ? content : ''
}

/**
 * TheHive 3 gives the observables of an alert no id: this one is made of what identifies them there, the alert, the type and
 * the content, and is the same at every meeting.
 */
export function artifactId(alertId: string, row: Row): string {
  const key = `${String(row['dataType'])}\n${contentOf(row)}`
  return `${alertId}:${createHash('sha256').update(key).digest('hex').slice(0, 24)}`
}

/** @throws WireProblem naming the first field that is not as promised */
export function readArtifact(row: Row, owner: Owner, scale: TlpScale): Observable {
  const observable: Observable = {
    id: artifactId(owner.id, row),
    dataType: wire.text(row, 'dataType'),
    tlp: row['tlp'] === undefined || row['tlp'] === null ? 'amber' : wire.tlp(row, scale.fromWire),
    pap: 'amber',
    tags: wire.texts(row, 'tags'),
    ioc: wire.flag(row, 'ioc', false),
    sighted: wire.flag(row, 'sighted', false),
    ignoreSimilarity: false,
    createdAt: wire.optionalMoment(row, 'startDate') ?? owner.createdAt,
    createdBy: owner.createdBy,
  }
  const data = wire.optionalText(row, 'data') ?? remoteName(row)
  if (data !== undefined) observable.data = data
  const attachment = row['attachment']
  if (attachment !== undefined && attachment !== null) observable.attachment = readAttachment(attachment)
  const message = wire.optionalText(row, 'message')
  if (message !== undefined) observable.message = message
  return observable
}

/** The name of a file only MISP has. */
function remoteName(row: Row): string | undefined {
  const remote = row['remoteAttachment']
  if (remote === undefined || remote === null) return undefined
  const file = wire.asRow(remote, 'remoteAttachment')
  return wire.optionalText(file, 'filename') ?? wire.optionalText(file, 'reference')
}

/** The id of a file is its SHA-256. */
function readAttachment(value: unknown): Attachment {
  const row = wire.asRow(value, 'attachment')
  return {
    name: wire.text(row, 'name'),
    size: wire.number(row, 'size'),
    contentType: wire.text(row, 'contentType'),
    sha256: wire.text(row, 'id'),
  }
}

export type ReadArtifacts = { observables: Observable[]; setAside: SetAside[] }

/** Every observable of an alert as it came. Equal ones are one (TheHive 3 lets a PATCH repeat them); unreadable ones are set aside. */
export function readArtifacts(value: unknown, scale: TlpScale): ReadArtifacts {
  const row = wire.asRow(value, 'alert')
  const owner = {
    id: wire.id(row),
    createdAt: wire.number(row, 'createdAt'),
    createdBy: wire.text(row, 'createdBy'),
  }
  const found = new Map<string, Observable>()
  const aside: SetAside[] = []
  for (const [at, one] of wire.list(row, 'artifacts').entries()) {
    try {
      const observable = readArtifact(wire.asRow(one, 'artifact'), owner, scale)
      if (!found.has(observable.id)) found.set(observable.id, observable)
    } catch (thrown) {
      aside.push(setAside('observable', one, thrown, `${owner.id}:unreadable-${at}`))
    }
  }
  return { observables: [...found.values()], setAside: aside }
}
