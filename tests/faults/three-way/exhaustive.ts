import type { ConflictChoice } from '#shared/model/conflict-choice.ts'
import { analyst } from './analyst.ts'
import type { Analyst } from './analyst.ts'
import { deletion, fields, firstText } from './fields.ts'
import type { Field } from './fields.ts'
import { sharedServer } from './shared-server.ts'
import type { Row } from './shared-server.ts'

const doings = ['nothing', 'one', 'other', 'apart', 'delete'] as const
type Doing = (typeof doings)[number]
type Choice = 'mine' | 'theirs' | 'edit'
type Cell = { field: Field; first: Doing; second: Doing; choice: Choice }

/** One trial of the table; `wrong` says what did not hold. */
export type Trial = { cell: string; wrong: string | undefined }

/** Every field × what the first and the second analyst do with it × how a conflict is settled. Either may be us. */
export async function tryTheTable(): Promise<Trial[]> {
  const trials: Trial[] = []
  for (const field of fields)
    for (const first of doings)
      for (const second of doings)
        for (const choice of ['mine', 'theirs', 'edit'] as const) {
          const cell = { field, first, second, choice }
          if (!isPossible(cell)) continue
          const name = `${field.entity}.${field.name}: first ${first}, then ${second}, ${choice}`
          trials.push({ cell: name, wrong: await tryCell(cell).catch(String) })
        }
  return trials
}

function isPossible({ field, first, second, choice }: Cell): boolean {
  const all = [first, second]
  if (all.includes('apart') && field.merges === undefined) return false
  if (all.includes('delete') && deletion[field.entity] === undefined) return false
  return choice !== 'edit' || field.edit !== undefined
}

/** What each value comes to: of two that are apart the first analyst takes the first one. */
const wantedBy = ({ field }: Cell, who: 0 | 1, doing: Doing): unknown =>
  doing === 'apart' ? field.merges?.values[who] : field.values[doing === 'one' ? 0 : 1]

async function tryCell(cell: Cell): Promise<string | undefined> {
  const { field, first, second } = cell
  const shared = sharedServer()
  const row = shared.rows[field.entity]
  if (row !== undefined && field.edit === 'words of both') row[field.name] = firstText
  const seen = structuredClone(row)
  const [ana, bo] = [analyst('ana', shared), analyst('bo', shared)]
  await decide(ana, { cell, who: 0, doing: first }, seen)
  await decide(bo, { cell, who: 1, doing: second }, seen)
  for (const one of [ana, bo]) await comeHome(one)
  const ours = shown(field, shared.rows[field.entity])
  const expected = expectedAfter(cell, shown(field, seen))
  const visible = bo.book.all().length > 0
  if (visible !== expected.waits) return `${visible ? 'waits' : 'nothing waits'}, states ${states(bo)}`
  if (!same(ours, expected.value)) return `the server has ${text(ours)}, not ${text(expected.value)}`
  return bo.inConflict().length === 0 ? undefined : settle(cell, { shared, bo }, ours)
}

async function decide(
  who: Analyst,
  { cell, who: index, doing }: { cell: Cell; who: 0 | 1; doing: Doing },
  seen: Row | undefined,
) {
  const gone = deletion[cell.field.entity]
  if (doing === 'nothing') return
  const draft = doing === 'delete' ? gone : cell.field.draft(wantedBy(cell, index, doing))
  if (draft !== undefined) await who.decide(draft.kind, draft.payload as never, seen)
}

async function comeHome(who: Analyst): Promise<void> {
  for (let round = 0; round < 4; round += 1) {
    who.pull()
    await who.drain()
  }
}

const gone = 'gone'
const shown = (field: Field, row: Row | undefined): unknown =>
  row === undefined ? gone : field.shown ? field.shown(row) : (row[field.name] ?? null)

/** The rule of the table in words of its own: what the server has once both came home, and whether the second still waits. */
function expectedAfter(cell: Cell, before: unknown): { value: unknown; waits: boolean } {
  const { field, first, second } = cell
  const value =
    first === 'delete' ? gone : first === 'nothing' ? before : landed(field, 'ana', wantedBy(cell, 0, first))
  if (second === 'nothing') return { value, waits: false }
  if (first === 'nothing')
    return {
      value: second === 'delete' ? gone : landed(field, 'bo', wantedBy(cell, 1, second)),
      waits: false,
    }
  if (first === 'delete') return { value: gone, waits: second !== 'delete' }
  // A mark of two values is nobody's work: a deletion takes it along.
  const isMark = field.name === 'read' || field.name === 'follow'
  if (second === 'delete') return isMark ? { value: gone, waits: false } : { value, waits: true }
  if (field.name === 'tags')
    return { value: added([wantedBy(cell, 0, first), wantedBy(cell, 1, second)]), waits: false }
  const [mine, theirs] = [wantedBy(cell, 1, second), wantedBy(cell, 0, first)]
  if (same(mine, theirs) && !isPromotion(field)) return { value, waits: false }
  const lines = [mine, theirs].map((one) => (typeof one === 'string' ? one.split('\n') : []))
  if (
    field.merges !== undefined &&
    lines[0]?.at(-1) !== lines[1]?.at(-1) &&
    lines[0]?.[0] !== lines[1]?.[0] &&
    [mine, theirs].some((one) => String(one).startsWith('one\n'))
  )
    return { value: bothOf(String(mine), String(theirs)), waits: false }
  return { value, waits: true }
}

const isPromotion = (field: Field) => field.draft('x').kind === 'alert.promote'
/** A promotion makes a case of the analyst's own. */
const landed = (field: Field, by: string, value: unknown): unknown =>
  isPromotion(field) ? `~case-of-${by}` : field.name === 'tags' ? added([value]) : value
const added = (tags: unknown[]) => [...new Set(tags)].toSorted()

/** Five lines each, of which one is changed. */
function bothOf(one: string, other: string): string {
  const [a, b, o] = [one, other, firstText].map((words) => words.split('\n'))
  return (o ?? []).map((line, at) => (a?.[at] === line ? b?.[at] : a?.[at])).join('\n')
}

async function settle(
  cell: Cell,
  { shared, bo }: { shared: ReturnType<typeof sharedServer>; bo: Analyst },
  theirs: unknown,
) {
  const { field, second, choice } = cell
  const [operation] = bo.inConflict()
  if (operation === undefined) return undefined
  const take: ConflictChoice =
    choice === 'edit' && second !== 'delete' ? { edit: field.edit } : choice === 'mine' ? 'mine' : 'theirs'
  await bo.choose(operation, take)
  await comeHome(bo)
  const mine = second === 'delete' ? gone : landed(field, 'bo', wantedBy(cell, 1, second))
  const expected = typeof take === 'object' ? field.edit : take === 'mine' ? mine : theirs
  const now = shown(field, shared.rows[field.entity])
  if (bo.book.all().length > 0) return `after choosing: still waits, ${states(bo)}`
  return same(now, expected)
    ? undefined
    : `after choosing: the server has ${text(now)}, not ${text(expected)}`
}

const states = ({ book }: Analyst) =>
  book
    .all()
    .map(({ kind, state }) => `${kind} ${state}`)
    .join(', ') || 'none'
const text = (value: unknown) => JSON.stringify(value)
const same = (one: unknown, other: unknown) => text(one) === text(other)
