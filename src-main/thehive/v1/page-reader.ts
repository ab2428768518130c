import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { PageRequest, ReadPage } from '../../domain/page.ts'
import { readPage } from '../read-page.ts'
import type { PageContext } from '../read-page.ts'
import { tlpScale } from '../scales.ts'
import { readAlert } from './read-alert.ts'
import { alertIdOf, readObservable } from './read-observable.ts'

export const stamps = { createdAt: '_createdAt', updatedAt: '_updatedAt' } as const

/**
 * A page of alerts. One that cannot be read is set aside with its reason; the page goes on.
 * @throws ForagerError `unexpected-shape` when the bytes are no list at all
 */
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

/** A page of observables with the alert each hangs on. Observables of cases are not ours and are left out. */
export function readObservablePage(
  bytes: Uint8Array,
  request: PageRequest,
  context: PageContext,
): ReadPage<{ alertId: string; observable: Observable }> {
  const scale = tlpScale(context.version)
  return readPage<{ alertId: string; observable: Observable }>(
    { bytes, request, context, entity: 'observable', stamps },
    (row, into) => {
      const alertId = alertIdOf(row)
      if (alertId !== undefined) into.items.push({ alertId, observable: readObservable(row, scale) })
    },
  )
}
