import { stageOf } from '../semantics/status-rules.ts'
import type { HiveState } from '../state/hive-state.ts'
import type * as T from '../state/types.ts'
import { customFields, durations, marking, meta, severity, type WireObject } from './wire-common.ts'

export function serializeAlert(state: HiveState, alert: T.Alert): WireObject {
  const { server } = state
  const { type, source, sourceRef, externalLink, title, description, date, tags, follow } = alert
  const { caseTemplate, caseId, status, summary } = alert
  return {
    ...meta(alert, 'Alert'),
    ...{ type, source, sourceRef, externalLink, title, description },
    ...severity(server, alert.severity),
    ...{ date, tags },
    ...marking(server, alert),
    ...{ follow, customFields: customFields(alert.customFields), caseTemplate },
    observableCount: alert.observables.length,
    ...{ caseId, status, stage: stageOf(state, 'alert', status) },
    assignee: server.atLeast('5.2.0') ? alert.assignee : undefined,
    summary,
    ...durations(server, date, alert.stageDates),
    extraData: {},
  }
}

const earliest = (values: (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : Math.min(...known)
}

/** What the case knows of its alerts' clocks; since 5.1.0. */
function alertClock(record: T.Case): WireObject {
  const dates = record.alerts.map((alert) => alert.stageDates)
  const alertInProgressDate = earliest(dates.map((each) => each.inProgressDate))
  const begun = earliest([alertInProgressDate, record.stageDates.inProgressDate])
  const { endDate } = record
  return {
    alertDate: earliest(record.alerts.map((alert) => alert.date)),
    alertNewDate: earliest(dates.map((each) => each.newDate)),
    alertInProgressDate,
    alertImportedDate: earliest(dates.map((each) => each.importedDate)),
    timeToResolve: endDate === undefined || begun === undefined ? undefined : endDate - begun,
    handlingDuration: endDate === undefined ? undefined : endDate - record.startDate,
  }
}

export function serializeCase(state: HiveState, record: T.Case): WireObject {
  const { server } = state
  const { number, title, description, startDate, endDate, tags, flag } = record
  const { status, summary, impactStatus, assignee } = record
  const { importedDate: _, ...clock } = durations(server, startDate, record.stageDates)
  return {
    ...meta(record, 'Case'),
    ...{ number, title, description },
    ...severity(server, record.severity),
    ...{ startDate, endDate, tags, flag },
    ...marking(server, record),
    ...{ status, stage: stageOf(state, 'case', status), summary, impactStatus, assignee },
    // Who may see it can be restricted since 5.5.0.
    access: server.atLeast('5.5.0') ? { _kind: 'OrganisationAccessKind' } : undefined,
    customFields: customFields(record.customFields),
    ...clock,
    ...(server.atLeast('5.1.0') ? alertClock(record) : {}),
    extraData: {},
  }
}
