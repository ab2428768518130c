import type { SimilarCase } from '#shared/model/similar.ts'
import { call, readList, readOne, segment } from '../api.ts'
import * as wire from '../wire-fields.ts'
import type { OlderApi } from './older-api.ts'
import { readCaseStatus } from './case-status.ts'
import { readSeverity } from './severity.ts'

/** The cases this alert shares observables with, as the server counts them. */
export async function similarCases(
  api: OlderApi,
  alertId: string,
  signal: AbortSignal,
): Promise<SimilarCase[]> {
  const path = `/api/alert/${segment(alertId)}?similarity=1`
  const answer = await call(api, { method: 'GET', path }, signal)
  const alert = readOne(api, answer, (value) => wire.asRow(value, 'alert'))
  const read = (value: unknown): SimilarCase => readSimilar(api, value)
  return readList(api, alert['similarCases'] ?? [], { what: 'similar case', read })
}

/**
 * The answer holds an extract of each case; what it leaves out stands empty. TheHive 3 counts an IOC either as IOC or as
 * observable, TheHive 4 as both (api.md §3.3).
 */
function readSimilar(api: OlderApi, value: unknown): SimilarCase {
  const row = wire.asRow(value, 'similar case')
  const [observables, iocs] = [wire.number(row, 'similarArtifactCount'), wire.number(row, 'similarIocCount')]
  const startDate = wire.moment(row, 'startDate')
  const endDate = wire.optionalMoment(row, 'endDate')
  return {
    case: {
      id: wire.id(row),
      number: wire.number(row, 'caseId'),
      title: wire.text(row, 'title'),
      description: '',
      severity: readSeverity(row),
      tlp: wire.tlp(row, api.scale.fromWire),
      pap: wire.pap(row, 'amber'),
      tags: wire.texts(row, 'tags'),
      ...readCaseStatus(row),
      flag: false,
      customFields: [],
      startDate,
      ...(endDate !== undefined && { endDate }),
      createdAt: startDate,
      createdBy: '',
    },
    similarObservables: api.flavour === 'thehive3' ? observables + iocs : observables,
    similarIocs: iocs,
  }
}
