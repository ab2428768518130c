import { ForagerError } from '#shared/errors/forager-error.ts'
import type { SimilarAlert, SimilarCase } from '#shared/model/similar.ts'
import type { Api } from '../api.ts'
import * as wire from '../wire-fields.ts'
import type { Row } from '../wire-fields.ts'
import { readAlert } from './read-alert.ts'
import { readCase } from './read-case.ts'
import { queryList } from './run-query.ts'

/** More than anybody looks through. The server neither sorts what is similar nor gives it in pages, so both is done here. */
const most = 200

/** Cases that share observables with the alert, most shared first. */
export async function similarCases(api: Api, alertId: string, signal: AbortSignal): Promise<SimilarCase[]> {
  const read = (value: unknown): SimilarCase => {
    const row = wire.asRow(value, 'similar case')
    return { case: readCase(row['case'] ?? row, api.scale), ...overlap(row) }
  }
  return mostShared(await similar(api, { alertId, step: 'similarCases', read }, signal))
}

/** Alerts that share observables with the alert, most shared first. */
export async function similarAlerts(api: Api, alertId: string, signal: AbortSignal): Promise<SimilarAlert[]> {
  const read = (value: unknown): SimilarAlert => {
    const row = wire.asRow(value, 'similar alert')
    return { alert: readAlert(row['alert'] ?? row, api.scale), ...overlap(row) }
  }
  return mostShared(await similar(api, { alertId, step: 'similarAlerts', read }, signal))
}

function overlap(row: Row): { similarObservables: number; similarIocs: number } {
  return {
    similarObservables: wire.optionalNumber(row, 'similarObservableCount') ?? 0,
    similarIocs: wire.optionalNumber(row, 'similarIocCount') ?? 0,
  }
}

const mostShared = <T extends { similarObservables: number }>(all: T[]): T[] =>
  all.sort((a, b) => b.similarObservables - a.similarObservables).slice(0, most)

type Question<T> = { alertId: string; step: 'similarCases' | 'similarAlerts'; read: (row: unknown) => T }

/**
 * The light step is the one to use: its rows are the records themselves, with the counts among their fields. A server that does not
 * know it has the older one, whose rows wrap the record. No step may follow either.
 */
async function similar<T>(api: Api, { alertId, step, read }: Question<T>, signal: AbortSignal): Promise<T[]> {
  const ask = (name: string): Promise<T[]> => {
    const steps = [{ _name: 'getAlert', idOrName: alertId }, { _name: name }]
    return queryList(api, { label: step, steps, read }, signal)
  }
  try {
    return await ask(`${step}Light`)
  } catch (thrown) {
    if (thrown instanceof ForagerError && thrown.kind === 'rejected') return ask(step)
    throw thrown
  }
}
