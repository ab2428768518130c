import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Alert, AlertChange, AlertInput } from '#shared/model/alert.ts'
import type { Case, CaseChange, CaseInput, PromoteChoices } from '#shared/model/case.ts'
import type { InlineObservables } from '#main/thehive/port.ts'
import { addFile, addValue } from './child-writes.ts'
import { given, refusal, retagged } from './hive-state.ts'
import type { HiveState } from './hive-state.ts'

const stageOf: Record<string, Alert['stage']> = {
  ...{ New: 'New', InProgress: 'InProgress', Pending: 'InProgress', Imported: 'Imported' },
  ...{ FalsePositive: 'Closed', Ignored: 'Closed', Duplicated: 'Closed', TruePositive: 'Closed' },
  ...{ Indeterminate: 'Closed', Other: 'Closed', Updated: 'New' },
}

/** Answers what was made; type, source and reference are unique together. */
export function createAlert(
  hive: HiveState,
  by: string,
  { input, inline }: { input: AlertInput; inline: InlineObservables },
): Alert {
  const twin = hive.alerts
    .all()
    .find(
      (one) => one.type === input.type && one.source === input.source && one.sourceRef === input.sourceRef,
    )
  if (twin !== undefined)
    throw new ForagerError('conflict', 'There is such an alert.', {
      details: { status: 400, twinId: twin.id },
    })
  const id = hive.newId()
  const now = hive.world.now()
  const alert: Alert = {
    ...(given(input) as AlertInput),
    ...{ id, date: input.date ?? now, status: 'New', stage: 'New', follow: true, observableCount: 0 },
    ...(hive.rules.generation === 'four' && { read: false }),
    ...{ createdAt: now, createdBy: by },
  }
  hive.alerts.put(id, alert, hive.visibleAt())
  const key = `${input.type};${input.source};${input.sourceRef}`
  hive.onEffect({ what: 'alert.create', by, alertId: id, given: key })
  hive.world.item()
  for (const { value, marks } of inline.values) {
    hive.world.item()
    addValue(hive, by, { alertId: id, value, marks })
  }
  for (const { file, marks } of inline.files) addFile(hive, by, { alertId: id, file, marks })
  return hive.mustAlert(id)
}

export function updateAlert(hive: HiveState, by: string, id: string, change: AlertChange): void {
  const alert = hive.mustAlert(id)
  const { addTags, removeTags, assignee, ...plain } = change
  const next: Partial<Alert> = given(plain) as Partial<Alert>
  if (change.status !== undefined) Object.assign(next, afterStatus(alert, change.status))
  const retag = (addTags?.length ?? 0) + (removeTags?.length ?? 0) > 0
  if (retag) next.tags = retagged(alert.tags, { addTags, removeTags })
  if (typeof assignee === 'string') next.assignee = assignee
  else if (assignee === undefined && change.status !== undefined && alert.assignee === undefined) {
    if (next.stage === 'InProgress' || next.stage === 'Closed') next.assignee = by
  }
  hive.changeAlert(id, by, next, assignee === null ? ['assignee'] : [])
  hive.onEffect({ what: 'alert.update', by, alertId: id, given: change })
}

/** Imported is reached and left through cases alone. */
function afterStatus(alert: Alert, status: string): Partial<Alert> {
  const stage = stageOf[status]
  if (stage === undefined) throw refusal(`No status ${status}.`)
  if (stage === 'Imported' || alert.stage === 'Imported') throw refusal('Imported is set by cases.')
  return { status, stage }
}

export function markRead(hive: HiveState, by: string, id: string, read: boolean): void {
  const inCase = hive.mustAlert(id).caseId !== undefined
  const status = read ? (inCase ? 'Imported' : 'Ignored') : inCase ? 'Updated' : 'New'
  hive.changeAlert(id, by, { read, status, stage: stageOf[status] ?? 'New' })
  hive.onEffect({ what: 'alert.read', by, alertId: id, given: read })
}

export function follow(hive: HiveState, by: string, id: string, follows: boolean): void {
  hive.mustAlert(id)
  hive.changeAlert(id, by, { follow: follows })
  hive.onEffect({ what: 'alert.follow', by, alertId: id, given: follows })
}

/** Gone already counts as done. */
export function deleteAlert(hive: HiveState, by: string, id: string): void {
  if (hive.alerts.get(id) === undefined) return
  const visibleAt = hive.visibleAt()
  hive.alerts.put(id, undefined, visibleAt)
  for (const one of hive.observables.all())
    if (one.alertId === id) hive.observables.put(one.id, undefined, visibleAt)
  for (const shelf of [hive.comments, hive.procedures, hive.attachments])
    for (const [childId, child] of shelf) if (child.alertId === id) shelf.delete(childId)
  hive.audit('alert', id, by)
  hive.onEffect({ what: 'alert.delete', by, alertId: id })
}

export function promote(hive: HiveState, by: string, id: string, choices: PromoteChoices): Case {
  const alert = hive.mustAlert(id)
  if (alert.caseId !== undefined) throw refusal('The alert is imported already.')
  const { title, severity, tlp, pap, tags, description } = alert
  const input = { title, severity, tlp, pap, tags, description }
  const made = openCase(hive, by, { ...input, ...(given(choices) as Partial<CaseInput>) } as CaseInput)
  enterCase(hive, by, id, made.id)
  hive.onEffect({ what: 'alert.promote', by, alertId: id, id: made.id })
  return made
}

export function link(
  hive: HiveState,
  by: string,
  { how, alertId, caseId }: { how: 'alert.merge' | 'alert.import'; alertId: string; caseId: string },
): Case {
  const into = hive.mustCase(caseId)
  if (hive.mustAlert(alertId).caseId !== undefined) throw refusal('The alert is imported already.')
  enterCase(hive, by, alertId, caseId)
  hive.onEffect({ what: how, by, alertId, given: caseId })
  return into
}

function enterCase(hive: HiveState, by: string, id: string, caseId: string): void {
  const read = hive.rules.generation === 'four' ? { read: true } : {}
  hive.changeAlert(id, by, { caseId, status: 'Imported', stage: 'Imported', ...read })
}

export function unlink(hive: HiveState, by: string, id: string, caseId: string): void {
  if (hive.mustAlert(id).caseId !== caseId) throw refusal('The alert is not in this case.')
  hive.changeAlert(id, by, { status: 'New', stage: 'New' }, ['caseId'])
  hive.noteField(id, 'caseId', by)
  hive.onEffect({ what: 'alert.unlink', by, alertId: id, given: caseId })
}

function openCase(hive: HiveState, by: string, input: CaseInput): Case {
  const now = hive.world.now()
  const id = hive.newId()
  const { title, description, severity, tlp, pap, tags, assignee } = input
  const made: Case = {
    ...{ id, number: hive.newNumber(), title, description, severity, tlp, pap, tags: [...tags] },
    ...{ status: 'New', stage: 'New', flag: false, customFields: [], startDate: now },
    ...{ createdAt: now, createdBy: by },
    ...(assignee !== undefined && { assignee }),
  }
  hive.cases.put(id, made, hive.visibleAt())
  return made
}

export function createCase(hive: HiveState, by: string, input: CaseInput): Case {
  const made = openCase(hive, by, input)
  hive.onEffect({ what: 'case.create', by, alertId: made.id, given: input.title })
  return made
}

export function updateCase(hive: HiveState, by: string, id: string, change: CaseChange): void {
  const known = hive.mustCase(id)
  const { addTags, removeTags, assignee, ...plain } = change
  const next: Case = {
    ...known,
    ...(given(plain) as Partial<Case>),
    tags: retagged(known.tags, { addTags, removeTags }),
    updatedAt: hive.world.now(),
  }
  if (change.status !== undefined) next.stage = stageOf[change.status] ?? 'New'
  if (assignee === null) delete next.assignee
  else if (assignee !== undefined) next.assignee = assignee
  const fields = { ...plain, ...(assignee !== undefined && { assignee }) }
  for (const field of Object.keys(given(fields))) hive.noteField(id, field, by)
  hive.noteCustom(id, by, { before: known.customFields, after: next.customFields })
  hive.cases.put(id, next, hive.visibleAt())
  hive.onEffect({ what: 'case.update', by, alertId: id, given: change })
}
