import type { Case } from '#shared/model/case.ts'
import { foldText } from '#shared/util/fold-text.ts'
import type { Connection } from '../open-database.ts'
import { parseStored } from './alert-json.ts'

const shown = `json_extract(body, '$.gone') IS NULL`

/** Cases by number (`12`, `#12`) or by words in title and tags; newest first, the exact number before all. None that is gone. */
export function createCaseSearch(db: Connection) {
  const newest = db
    .prepare<[number], string>(`SELECT body FROM case_ WHERE ${shown} ORDER BY started_at DESC LIMIT ?`)
    .pluck()
  const search = db
    .prepare<[string, number, number, number], string>(
      `SELECT body FROM case_ WHERE (instr(folded, ?) > 0 OR number = ?) AND ${shown}
       ORDER BY coalesce(number = ?, 0) DESC, started_at DESC LIMIT ?`,
    )
    .pluck()
  return (text: string, limit: number): Case[] => {
    const needle = foldText(text).trim()
    if (needle === '') return newest.all(limit).map((body) => parseStored<Case>(body))
    const digits = /^#?(\d{1,15})$/.exec(needle)?.[1]
    const number = digits === undefined ? -1 : Number(digits)
    return search.all(needle, number, number, limit).map((body) => parseStored<Case>(body))
  }
}
