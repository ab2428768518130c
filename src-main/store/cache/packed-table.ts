import type { AlertAttachment, Attachment, Observable } from '#shared/model/observable.ts'
import type { PackFile } from '../../domain/pack-files.ts'
import type { Connection } from '../open-database.ts'
import type { PackReading, Similar } from '../pack-port.ts'
import { parseStored } from './alert-json.ts'

/** The writer's side: one row an alert that was fetched whole. */
export function createPackedTable(db: Connection) {
  const save = db.prepare<[{ pk: number; at: number; stamp: number; similar: string | null }]>(
    `INSERT INTO packed (alert_pk, packed_at, stamp, similar) VALUES (@pk, @at, @stamp, @similar)
     ON CONFLICT DO UPDATE SET packed_at = @at, stamp = @stamp, similar = coalesce(@similar, similar)`,
  )
  return {
    save: (
      pk: number,
      { at, stamp, similar }: { at: number; stamp: number; similar?: Similar | undefined },
    ) => void save.run({ pk, at, stamp, similar: similar === undefined ? null : JSON.stringify(similar) }),
  }
}

const entriesSql = `
  SELECT a.id, a.case_id AS caseId, p.packed_at AS packedAt, p.stamp AS packedStamp, p.similar IS NOT NULL AS similar,
    coalesce(json_extract(coalesce(b.base, b.body), '$.updatedAt'), json_extract(coalesce(b.base, b.body), '$.createdAt')) AS stamp
  FROM json_each(?) j CROSS JOIN alert a ON a.pk = j.value JOIN alert_body b ON b.pk = a.pk
  LEFT JOIN packed p ON p.alert_pk = a.pk
  WHERE NOT EXISTS (SELECT 1 FROM gone g WHERE g.alert_pk = a.pk)`

type Stored = {
  id: string
  caseId: string | null
  packedAt: number | null
  packedStamp: number | null
  similar: 0 | 1
  stamp: number | null
}

const namedBy = ({ name, size, sha256 }: Attachment) => ({ name, size, sha256 })

/** The reader's side. */
export function createPackReading(db: Connection): PackReading {
  const entries = db.prepare<[string], Stored>(entriesSql)
  const sizes = (table: 'observable' | 'attachment', path: string) =>
    db.prepare<[string], { count: number; bytes: number }>(
      `SELECT count(*) AS count, coalesce(sum(json_extract(t.body, '${path}')), 0) AS bytes
       FROM json_each(?) j CROSS JOIN ${table} t ON t.alert_pk = j.value WHERE json_extract(t.body, '${path}') IS NOT NULL`,
    )
  const small = (table: 'observable' | 'attachment', path: string) =>
    db.prepare<[string, number], { alertId: string; body: string }>(
      `SELECT a.id AS alertId, t.body FROM json_each(?) j CROSS JOIN ${table} t ON t.alert_pk = j.value
       JOIN alert a ON a.pk = t.alert_pk
       WHERE t.pending = 0 AND json_extract(t.body, '${path}.sha256') <> '' AND json_extract(t.body, '${path}.size') <= ?
         AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.alert_pk = a.pk)`,
    )
  const smallFiles = { observable: small('observable', '$.attachment'), attachment: small('attachment', '$') }
  const files = [sizes('observable', '$.attachment.size'), sizes('attachment', '$.size')]
  const similar = db.prepare<[string], { asOf: number; similar: string }>(
    `SELECT p.packed_at AS asOf, p.similar FROM packed p JOIN alert a ON a.pk = p.alert_pk
     WHERE a.id = ? AND p.similar IS NOT NULL`,
  )
  return {
    packed(pks) {
      const list = JSON.stringify(pks)
      const counted = files.map((each) => each.get(list) ?? { count: 0, bytes: 0 })
      return {
        entries: entries.all(list).map((row) => ({
          id: row.id,
          caseId: row.caseId ?? undefined,
          stamp: row.stamp ?? 0,
          packedAt: row.packedAt ?? undefined,
          packedStamp: row.packedStamp ?? undefined,
          similar: row.similar === 1,
        })),
        files: {
          count: counted.reduce((sum, { count }) => sum + count, 0),
          bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0),
        },
      }
    },
    packFiles(pks, upTo) {
      const list = JSON.stringify(pks)
      const onObservables = smallFiles.observable.all(list, upTo).flatMap(({ alertId, body }): PackFile[] => {
        const observable = parseStored<Observable>(body)
        const { attachment } = observable
        return attachment === undefined ? [] : [{ alertId, ...namedBy(attachment), observable }]
      })
      const attached = smallFiles.attachment.all(list, upTo).map(({ alertId, body }): PackFile => {
        const attachment = parseStored<AlertAttachment>(body)
        return { alertId, ...namedBy(attachment), attachment }
      })
      return [...onObservables, ...attached]
    },
    similar(alertId) {
      const row = similar.get(alertId)
      return row && { ...parseStored<Similar>(row.similar), asOf: row.asOf }
    },
  }
}
