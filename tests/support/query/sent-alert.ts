import type { Alert } from '#shared/model/alert.ts'
import { parseJson } from '#main/thehive/answer-json.ts'
import { tlpScale } from '#main/thehive/scales.ts'
import { readAlert } from '#main/thehive/v1/read-alert.ts'

const asAnswered = (body: unknown) => parseJson(Buffer.from(JSON.stringify(body)), 'hive')

/** An alert that came in as these fields of an answer, whatever the sender put there. */
export const sentAlert = (fields: Record<string, unknown>): Alert =>
  readAlert(
    asAnswered({
      ...{
        _id: '~1',
        _createdBy: 'feed',
        _createdAt: 1,
        type: 'mail',
        source: 'edr',
        sourceRef: 'r',
        title: 'x',
      },
      ...{ description: '', severity: 2, date: 1, tlp: 2, pap: 2, status: 'New', stage: 'New' },
      ...fields,
    }),
    tlpScale('5.4.0'),
  )
