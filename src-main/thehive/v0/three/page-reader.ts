import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { PageRequest, ReadPage } from '../../../domain/page.ts'
import { readPage } from '../../read-page.ts'
import type { PageContext } from '../../read-page.ts'
import { tlpScale } from '../../scales.ts'
import { readAlert } from '../read-alert.ts'
import { readArtifacts } from './read-artifacts.ts'

/** Alerts on one page of observables: each brings all that is in it along. */
const mostAlerts = 1_000

/** What is asked for, and read, when a page of observables is wanted. */
export const observableRequest = (request: PageRequest): PageRequest => ({
  ...request,
  limit: Math.min(request.limit, mostAlerts),
})

const stamps = { createdAt: 'createdAt', updatedAt: 'updatedAt' } as const

export function readAlertPage(
  bytes: Uint8Array,
  request: PageRequest,
  context: PageContext,
): ReadPage<Alert> {
  const scale = tlpScale(context.version)
  return readPage<Alert>({ bytes, request, context, entity: 'alert', stamps }, (row, into) => {
    into.items.push(readAlert(row, scale))
  })
}

/** The observables of a page of alerts: TheHive 3 keeps them inside, so a row is an alert and the stamps are alerts'. */
export function readObservablePage(
  bytes: Uint8Array,
  request: PageRequest,
  context: PageContext,
): ReadPage<{ alertId: string; observable: Observable }> {
  const scale = tlpScale(context.version)
  return readPage<{ alertId: string; observable: Observable }>(
    { bytes, request: observableRequest(request), context, entity: 'observable', stamps },
    (row, into) => {
      const { observables, setAside } = readArtifacts(row, scale)
      const alertId = (row as { _id: string })._id
      for (const observable of observables) into.items.push({ alertId, observable })
      into.setAside.push(...setAside)
    },
  )
}
