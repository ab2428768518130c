import { badRequest, notFound, type HiveError, createError } from '../state/errors.ts'
import { observableKey } from '../state/space.ts'
import type { Attachment, Observable, Parent } from '../state/types.ts'
import { audit } from './audits.ts'
import { requirePermission, type Context } from './context.ts'
import type { FileInput, ObservableDraft, ObservablePatch } from './drafts.ts'
import { patchTags, refuseInactiveTags, union } from './tags.ts'

export type Failure = { error: HiveError; object: { data?: string; attachment?: FileInput } }
export type Added = { success: Observable[]; failure: Failure[] }

function typeOf(context: Context, name: string) {
  const type = context.state.observableTypes.find((known) => known.name === name)
  if (!type) throw notFound(`ObservableType ${name} not found`)
  return type
}

/** Refuses a draft whose type and content disagree; nothing is stored. */
export function checkDraft(context: Context, draft: ObservableDraft): void {
  const { isAttachment } = typeOf(context, draft.dataType)
  refuseInactiveTags(context, [], draft)
  if (isAttachment && draft.files.length === 0) {
    throw badRequest(`Observable of type ${draft.dataType} needs an attachment`)
  }
  if (!isAttachment && (draft.files.length > 0 || draft.data.length === 0)) {
    throw badRequest(`Observable of type ${draft.dataType} needs data and takes no attachment`)
  }
}

function build(context: Context, parent: Parent, draft: ObservableDraft): Observable[] {
  const { state, actor } = context
  const at = state.clock.now()
  const one = (content: Pick<Observable, 'data' | 'attachment'>): Observable => ({
    ...state.stamps(actor.user.login, at),
    kind: 'observable',
    parent,
    dataType: draft.dataType,
    ...content,
    message: draft.message,
    tlp: draft.tlp ?? 2,
    pap: draft.pap ?? 2,
    tags: union(draft.tags),
    ioc: draft.ioc,
    sighted: draft.sighted,
    sightedAt: draft.sightedAt ?? (draft.sighted ? at : undefined),
    ignoreSimilarity: draft.ignoreSimilarity,
    external: false,
  })
  // Source: empty and blank items are skipped; everything else is stored as given.
  const values = draft.data.filter((item) => item.trim() !== '')
  return [
    ...values.map((data) => one({ data })),
    ...draft.files.map((file) => one({ attachment: storeFile(context, file, at) })),
  ]
}

export function storeFile(context: Context, file: FileInput, at: number): Attachment {
  return context.state.keep({
    ...context.state.stamps(context.actor.user.login, at),
    kind: 'attachment',
    organisation: context.actor.organisation,
    name: file.name,
    contentType: file.contentType,
    blob: file.blob,
    external: file.external ?? false,
  })
}

/** Adds each item of the drafts that the parent does not show yet; the rest are failures. Stamps nothing. */
export function attachObservables(
  context: Context,
  parent: Parent,
  drafts: readonly ObservableDraft[],
): Added {
  for (const draft of drafts) checkDraft(context, draft)
  const known = new Set(parent.observables.map(observableKey))
  const added: Added = { success: [], failure: [] }
  for (const observable of drafts.flatMap((draft) => build(context, parent, draft))) {
    const key = observableKey(observable)
    if (known.has(key)) {
      const { data, attachment } = observable
      const object = attachment ? { attachment } : { data: data as string }
      added.failure.push({ error: createError('Observable already exists'), object })
      continue
    }
    known.add(key)
    link(context, parent, observable)
    added.success.push(observable)
    audit(context, 'create', observable, {
      details: { dataType: observable.dataType, data: observable.data },
    })
    const content = observable.attachment ? `sha256:${observable.attachment.blob.sha256}` : observable.data
    context.effect(`observable ${parent.id} ${observable.dataType} ${content}`)
  }
  if (added.success.length > 0) parent.revision++
  return added
}

function link(context: Context, parent: Parent, observable: Observable): void {
  parent.observables.push(context.state.keep(observable))
  context.space.addObservable(observable)
}

/** Copies observables into a case; one that exists there gets the union of tags. */
export function copyObservables(context: Context, from: Parent, to: Parent): void {
  const known = new Map(to.observables.map((observable) => [observableKey(observable), observable]))
  const at = context.state.clock.now()
  for (const original of from.observables) {
    const twin = known.get(observableKey(original))
    if (twin) {
      twin.tags = union(twin.tags, original.tags)
      twin.revision++
      continue
    }
    const copy = {
      ...original,
      ...context.state.stamps(context.actor.user.login, at),
      parent: to,
      tags: [...original.tags],
      attachment: original.attachment && storeFile(context, original.attachment, at),
    }
    link(context, to, copy)
  }
}

export function addObservables(context: Context, parent: Parent, drafts: readonly ObservableDraft[]): Added {
  requirePermission(context, 'manageObservable')
  const added = attachObservables(context, parent, drafts)
  if (added.success.length > 0) {
    context.space.stampParent(parent, context.actor.user.login, context.state.clock.now())
  }
  return added
}

/** `data` never changes; the type may only move between types of the same kind. Changes nothing. */
export function checkObservablePatch(
  context: Context,
  observable: Observable,
  { dataType, ...patch }: ObservablePatch,
): void {
  requirePermission(context, 'manageObservable')
  refuseInactiveTags(context, observable.tags, patch)
  if (dataType === undefined) return
  const isAttachment = observable.attachment !== undefined
  if (typeOf(context, dataType).isAttachment !== isAttachment) {
    throw badRequest('Can not update dataType: isAttachment does not match')
  }
}

export function updateObservable(context: Context, observable: Observable, patch: ObservablePatch): void {
  checkObservablePatch(context, observable, patch)
  const { tags, addTags, removeTags, ...plain } = patch
  const given = Object.entries(plain).filter(([, value]) => value !== undefined)
  Object.assign(observable, Object.fromEntries(given), {
    tags: patchTags(observable.tags, { tags, addTags, removeTags }),
  })
  const [by, at] = [context.actor.user.login, context.state.clock.now()]
  context.space.observables.stamp(observable, by, at)
  context.space.stampParent(observable.parent, by, at)
  audit(context, 'update', observable, { details: Object.fromEntries(given) })
  context.effect(`update observable ${observable.id}`)
}

export function deleteObservable(context: Context, observable: Observable): void {
  requirePermission(context, 'manageObservable')
  audit(context, 'delete', observable, { details: { dataType: observable.dataType } })
  dropObservable(context, observable)
  const { parent } = observable
  parent.observables.splice(parent.observables.indexOf(observable), 1)
  context.space.stampParent(parent, context.actor.user.login, context.state.clock.now())
  context.effect(`delete observable ${observable.id}`)
}

/** Removes it from every index, but not from its parent's list. */
export function dropObservable(context: Context, observable: Observable): void {
  context.space.removeObservable(observable)
  context.state.forget(observable)
  if (observable.attachment) context.state.forget(observable.attachment)
}
