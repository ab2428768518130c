import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import { queueDate } from '#shared/model/queue-date.ts'
import { observableWords } from '#shared/query/subject.ts'
import { foldText } from '#shared/util/fold-text.ts'
import type { SqlValue } from '../bulk-insert.ts'
import { alertJson } from './alert-json.ts'
import { isInbox } from './counters.ts'
import type { Counted } from './counters.ts'
import { dateLimit, separator } from './stored-forms.ts'

/** An alert as the tables take it. Plain data: a bulk's is made in another thread than the one that writes. */
export type ReadyAlert = {
  id: string
  /** In the order of {@link alertColumns}. */
  values: SqlValue[]
  body: string
  /** What it is found by. */
  folded: string
  tags: readonly string[]
  counted: Counted
}

/** An observable as its table takes it: equal ones have equal bodies. */
export type ReadyObservable = { id: string; folded: string; body: string }

/** What a row of `alert` says of its alert; whether something is pending on it is the writer's to say. */
export const alertColumns = [
  'id',
  'type',
  'source',
  'source_ref',
  'title',
  'severity',
  'tlp',
  'pap',
  'status',
  'stage',
  'inbox',
  'date',
  'urgency',
  'touched_at',
  'tags',
  'observable_count',
  'assignee',
  'case_id',
] as const

/** As a column of whole numbers takes it. */
const whole = (value: number): number =>
  Math.min(Math.max(Math.trunc(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER)

export function readyAlert(alert: Alert): ReadyAlert {
  const { id, type, source, severity, stage, assignee, tags } = alert
  return {
    id,
    values: valuesOf(alert),
    body: alertJson(alert),
    folded: alertText(alert),
    tags,
    counted: { stage, severity, source, type, assignee },
  }
}

export const readyObservable = (observable: Observable): ReadyObservable => ({
  id: observable.id,
  folded: observableText(observable),
  body: JSON.stringify(observable),
})

function valuesOf(alert: Alert): SqlValue[] {
  return [
    alert.id,
    alert.type,
    alert.source,
    alert.sourceRef,
    alert.title,
    alert.severity,
    alert.tlp,
    alert.pap,
    alert.status,
    alert.stage,
    isInbox(alert) ? 1 : 0,
    queueDate(alert.date),
    alert.severity * dateLimit + queueDate(alert.date),
    whole(alert.updatedAt ?? alert.createdAt),
    JSON.stringify(alert.tags),
    whole(alert.observableCount),
    alert.assignee ?? null,
    alert.caseId ?? null,
  ]
}

function alertText({ title, description, sourceRef, tags }: Alert): string {
  return [title, description, sourceRef, ...tags].map(foldText).join(separator)
}

const observableText = (observable: Observable): string => observableWords(observable).join(separator)
