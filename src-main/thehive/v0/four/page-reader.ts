import type { Alert } from '#shared/model/alert.ts'
import type { PageRequest, ReadPage } from '../../../domain/page.ts'
import { readPage } from '../../read-page.ts'
import type { PageContext } from '../../read-page.ts'
import { tlpScale } from '../../scales.ts'
import { stamps } from '../../v1/page-reader.ts'
import { readAlert } from './read-alert.ts'

/** A page of alerts of TheHive 4's v1 API; its observables are read as TheHive 5's. */
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
