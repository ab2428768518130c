import type { Technique } from '#shared/model/procedure.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import { parseJson } from '../answer-json.ts'
import { readList } from '../api.ts'
import type { Api } from '../api.ts'
import * as wire from '../wire-fields.ts'
import { leanBytes } from './run-query.ts'

/** The long texts of a pattern: megabytes for the whole catalogue. */
const excludeFields = [
  'description',
  'detection',
  'dataSources',
  'platforms',
  'systemRequirements',
  'extraData',
]

/** The server's ATT&CK catalogue, without what is revoked; empty where the server has none or does not list it. */
export async function listTechniques(api: Api, signal: AbortSignal): Promise<Technique[]> {
  try {
    const question = { label: 'listPattern', steps: [{ _name: 'listPattern' }], excludeFields }
    const answer = parseJson(await leanBytes(api, question, signal), api.http.host)
    const found = readList(api, answer, { what: 'listPattern', read: readTechnique })
    return found
      .filter(({ revoked }) => !revoked)
      .map(({ technique }) => technique)
      .sort((a, b) => (a.patternId < b.patternId ? -1 : 1))
  } catch (thrown) {
    if (thrown instanceof ForagerError && ['rejected', 'not-found', 'forbidden'].includes(thrown.kind))
      return []
    throw thrown
  }
}

function readTechnique(value: unknown): { technique: Technique; revoked: boolean } {
  const row = wire.asRow(value, 'pattern')
  return {
    technique: {
      patternId: wire.text(row, 'patternId'),
      name: wire.text(row, 'name'),
      tactics: wire.texts(row, 'tactics'),
    },
    revoked: wire.flag(row, 'revoked', false),
  }
}
