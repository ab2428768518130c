import { createHash } from 'node:crypto'
import { HiveError } from '../../state/errors.ts'
import { observableKey } from '../../state/space.ts'
import type { Alert, Case, Observable } from '../../state/types.ts'
import { audit } from '../audits.ts'
import { requirePermission, type Context } from '../context.ts'
import type { FileInput } from '../drafts.ts'
import { dropObservable, storeFile } from '../observables.ts'
import { union } from '../tags.ts'
import type { ArtifactDraft } from './drafts.ts'

/** TheHive 3's rules for artifacts: in an alert they are part of its document, in a case they stand for themselves. */

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

/** Artifacts that show the same thing are one. */
export function distinct(drafts: readonly ArtifactDraft[]): ArtifactDraft[] {
  const known = new Map<string, ArtifactDraft>()
  for (const draft of drafts) {
    const key = `${draft.dataType}\n${draft.file?.blob.sha256 ?? draft.data ?? ''}`
    if (!known.has(key)) known.set(key, draft)
  }
  return [...known.values()]
}

/** The whole list is new; each artifact the alert did not show before is an effect. */
export function replaceArtifacts(context: Context, alert: Alert, drafts: readonly ArtifactDraft[]): void {
  const before = new Set(alert.observables.map(observableKey))
  for (const observable of alert.observables) dropObservable(context, observable)
  alert.observables = drafts.map((draft) => embed(context, alert, draft))
  for (const observable of alert.observables) {
    context.space.addObservable(context.state.keep(observable))
    if (!before.has(observableKey(observable))) noteObservable(context, alert.id, observable)
  }
}

function embed(context: Context, alert: Alert, draft: ArtifactDraft): Observable {
  const { dataType, data, file, fields } = draft
  const at = context.state.clock.now()
  return {
    ...context.state.stamps(context.actor.user.login, at),
    kind: 'observable',
    parent: alert,
    ...{ dataType, data: file ? undefined : data },
    attachment: file && storeFile(context, file, at),
    message: typeof fields.message === 'string' ? fields.message : undefined,
    tlp: typeof fields.tlp === 'number' ? fields.tlp : 2,
    ...{ pap: 2, tags: texts(fields.tags), ioc: fields.ioc === true, sighted: fields.sighted === true },
    ...{ ignoreSimilarity: false, external: false, embedded: fields },
  }
}

function noteObservable(context: Context, parentId: string, observable: Observable): void {
  const content = observable.attachment ? `sha256:${observable.attachment.blob.sha256}` : observable.data
  context.effect(`observable ${parentId} ${observable.dataType} ${content}`)
}

export type CaseArtifactDraft = {
  dataType: string
  data?: string | undefined
  file?: FileInput | undefined
  message?: string | undefined
  startDate?: number | undefined
  tlp?: number | undefined
  tags: string[]
  ioc: boolean
  sighted: boolean
}

type Content = { dataType: string; data?: string | undefined; sha256?: string | undefined }

/** Equal things in one case have one id. */
function artifactId(target: Case, { dataType, data, sha256 }: Content): string {
  return createHash('md5')
    .update([data ?? '', dataType, sha256 ?? '', target.id].join('|'))
    .digest('hex')
}

/** Refuses one that is there already; one that was deleted comes back. */
export function addCaseArtifact(context: Context, target: Case, draft: CaseArtifactDraft): Observable {
  requirePermission(context, 'write')
  const { dataType, data, file } = draft
  const id = artifactId(target, { dataType, data, sha256: file?.blob.sha256 })
  const known = context.state.find('observable', id)
  if (known && !known.isDeleted) {
    const object = { dataType, ...(data === undefined ? {} : { data }) }
    throw new HiveError(400, 'ConflictError', 'Artifact already exists', { object })
  }
  const added = known ? revive(context, known, draft) : keepArtifact(context, target, id, draft)
  noteObservable(context, target.id, added)
  audit(context, 'create', added, { details: { dataType, data } })
  return added
}

function keepArtifact(context: Context, target: Case, id: string, draft: CaseArtifactDraft): Observable {
  const { dataType, data, file, message, tags, ioc, sighted } = draft
  const at = context.state.clock.now()
  const observable: Observable = {
    ...context.state.stamps(context.actor.user.login, at),
    ...{ id, kind: 'observable', parent: target, dataType, data, message, ioc, sighted },
    attachment: file && storeFile(context, file, at),
    tlp: draft.tlp ?? 2,
    ...{ pap: 2, tags: union(tags), ignoreSimilarity: false, external: false },
  }
  target.observables.push(context.state.keep(observable))
  target.revision++
  context.space.addObservable(observable)
  return observable
}

function revive(context: Context, known: Observable, draft: CaseArtifactDraft): Observable {
  const { message, tags, ioc, sighted, tlp = 2 } = draft
  const attributes = { message, tags: union(tags), ioc, sighted, tlp }
  Object.assign(known, attributes, { isDeleted: false, ignoreSimilarity: false })
  stampArtifact(context, known)
  return known
}

export function stampArtifact(context: Context, observable: Observable): void {
  context.space.observables.stamp(observable, context.actor.user.login, context.state.clock.now())
  observable.parent.revision++
}

export type CaseArtifactPatch = {
  message?: string | undefined
  startDate?: number | undefined
  tlp?: number | undefined
  tags?: string[] | undefined
  ioc?: boolean | undefined
  sighted?: boolean | undefined
}

export function updateCaseArtifact(context: Context, observable: Observable, patch: CaseArtifactPatch): void {
  requirePermission(context, 'write')
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  Object.assign(observable, given)
  stampArtifact(context, observable)
  context.effect(`update observable ${observable.id}`)
  audit(context, 'update', observable, { details: given })
}

/** Source: it stays, marked as deleted. */
export function deleteCaseArtifact(context: Context, observable: Observable): void {
  requirePermission(context, 'write')
  observable.isDeleted = true
  observable.ignoreSimilarity = true
  stampArtifact(context, observable)
  context.effect(`delete observable ${observable.id}`)
  audit(context, 'delete', observable)
}

/** Takes the alert's artifacts into the case; one that exists there gets the union of tags. */
export function importArtifacts(context: Context, alert: Alert, target: Case): void {
  const types = new Set(context.state.observableTypes.map(({ name }) => name))
  for (const { dataType, data, attachment, message = '', tags, tlp, ioc, sighted } of alert.observables) {
    // A type the server does not know cannot become an artifact of a case [inferred].
    if (!types.has(dataType)) continue
    const id = artifactId(target, { dataType, data, sha256: attachment?.blob.sha256 })
    const draft = { dataType, data, file: attachment, message, tlp, ioc, sighted }
    const tagged = union(tags, [`src:${alert.type}`])
    const known = context.state.find('observable', id)
    if (!known) keepArtifact(context, target, id, { ...draft, tags: tagged })
    else if (known.isDeleted) revive(context, known, { ...draft, tags: tagged })
    else {
      known.tags = union(known.tags, tagged)
      stampArtifact(context, known)
    }
  }
}
