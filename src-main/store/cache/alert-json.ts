import type { Alert } from '#shared/model/alert.ts'

/**
 * An alert as stored text, its keys in one order: equal alerts give equal text, so an echo is recognised by comparing.
 * Absent parts stay absent.
 */
export function alertJson(alert: Alert): string {
  const ordered: Record<keyof Alert, unknown> = {
    id: alert.id,
    type: alert.type,
    source: alert.source,
    sourceRef: alert.sourceRef,
    title: alert.title,
    description: alert.description,
    severity: alert.severity,
    tlp: alert.tlp,
    pap: alert.pap,
    date: alert.date,
    tags: alert.tags,
    status: alert.status,
    stage: alert.stage,
    assignee: alert.assignee,
    summary: alert.summary,
    externalLink: alert.externalLink,
    caseId: alert.caseId,
    caseTemplate: alert.caseTemplate,
    follow: alert.follow,
    read: alert.read,
    observableCount: alert.observableCount,
    customFields: alert.customFields,
    createdAt: alert.createdAt,
    createdBy: alert.createdBy,
    updatedAt: alert.updatedAt,
    updatedBy: alert.updatedBy,
    going: alert.going,
  }
  return JSON.stringify(ordered)
}

/** Only for text this store wrote itself: what came from outside was checked before it got here. */
export const parseStored = <T>(text: string): T => JSON.parse(text) as T
