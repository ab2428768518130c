import type { ContractOperation } from '../contract.ts'
import { alertIds } from './alert-ids.ts'
import { alertPages } from './alert-pages.ts'
import { catalog } from './catalog.ts'
import { connect } from './connect.ts'
import { countAlerts } from './count-alerts.ts'
import { createAlert } from './create-alert.ts'
import { getAlert } from './get-alert.ts'

/** Every row of the table, in its order. */
export const operations: readonly ContractOperation[] = [
  ...[connect, catalog],
  ...[alertPages, countAlerts, alertIds, getAlert, createAlert],
]
