import { asForagerError } from '#shared/errors/convert.ts'
import type { FieldConflict, Operation } from '#shared/model/operation.ts'
import { comparesWithAlert } from '../domain/conflicts.ts'
import { customFieldPrefix } from '../domain/custom-fields.ts'
import type { AuditEntry, TheHiveServer } from '../thehive/port.ts'
import { classifyFailure } from './classify-failure.ts'
import { createOneByOne, isNoAnswer } from './one-by-one.ts'
import type { PendingOperations } from './ports.ts'

/** So many alerts are asked about in a round. */
const askedAtOnce = 20

type Context = {
  server: Pick<TheHiveServer, 'alertHistory'>
  book: Pick<PendingOperations, 'all' | 'resolveId' | 'save'>
  signal: AbortSignal
  now: () => number
  /** Between requests: the others are asked about in the next round. */
  stopped: () => boolean
}

/**
 * The stamp of an alert tells who changed anything last. Where the server keeps a trail that can be read, it is asked who set
 * the very field in conflict, and when. Asked once a conflict; again, later, where the server fails over it. One for each engine.
 */
export function createAttribution() {
  const oneByOne = createOneByOne()

  return async function attributeConflicts({ server, book, signal, now, stopped }: Context): Promise<void> {
    const open = book.all().filter((one) => comparesWithAlert(one) && unattributed(one))
    const byAlert = Map.groupBy(open, ({ alertId }) => book.resolveId(alertId))
    await oneByOne({
      ...{ ids: [...byAlert.keys()], most: askedAtOnce, isItsOwn: isNoAnswer, now, stopped },
      ask: async (alertId) => {
        const trail = await readTrail(() => server.alertHistory(alertId, signal))
        // The analyst may have chosen while the server was asked.
        const still = new Set(byAlert.get(alertId)?.map(({ id }) => id))
        for (const operation of book.all().filter((one) => still.has(one.id) && unattributed(one))) {
          const conflicts = operation.conflicts?.map((conflict) => attributed(conflict, trail))
          book.save({ ...operation, conflicts })
        }
      },
    })
  }
}

const unattributed = ({ state, conflicts = [] }: Operation): boolean =>
  state === 'conflict' && conflicts.some(({ theirsExact }) => theirsExact === undefined)

/** A trail that may not be read counts as none. */
async function readTrail(read: () => Promise<AuditEntry[] | undefined>): Promise<readonly AuditEntry[]> {
  try {
    return (await read()) ?? []
  } catch (thrown) {
    if (classifyFailure(asForagerError(thrown)).outcome !== 'refused') throw thrown
    return []
  }
}

/** The trail is newest first. */
function attributed(conflict: FieldConflict, trail: readonly AuditEntry[]): FieldConflict {
  const names = namesOf(conflict.field)
  const entry = trail.find(
    ({ action, details }) => action !== 'create' && names.some((name) => name in details),
  )
  if (entry === undefined) return { ...conflict, theirsExact: false }
  return { ...conflict, theirsBy: entry.by, theirsAt: entry.at, theirsExact: true }
}

/** What a field is called in a trail (api.md §8.3); custom fields are one entry, or one each. */
function namesOf(field: string): string[] {
  if (field === 'caseId') return ['caseId', 'case']
  if (!field.startsWith(customFieldPrefix)) return [field]
  const name = field.slice(customFieldPrefix.length)
  return ['customFields', 'customField', `customFields.${name}`, `customField.${name}`]
}
