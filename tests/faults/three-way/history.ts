import type { ConflictChoice } from '#shared/model/conflict-choice.ts'
import type { Operation } from '#shared/model/operation.ts'
import { seededRandom } from '#tests/support/alerts/random.ts'
import type { Random } from '#tests/support/alerts/random.ts'
import { analyst } from './analyst.ts'
import type { Analyst } from './analyst.ts'
import { deletion, draftOf, firstText } from './fields.ts'
import { ledger, written } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { entities, sharedServer } from './shared-server.ts'
import type { Entity, Row, SharedServer } from './shared-server.ts'

export type HistoryOutcome = {
  decisions: number
  conflicts: number
  merged: number
  lost: number
  repeated: number
  overwritten: number
  stuck: number
  problem: string | undefined
}

type Side = {
  who: Analyst
  copy: Record<Entity, Row | undefined>
  decided: string[]
  values: string[]
  givenUp: Set<string>
}
type World = {
  shared: SharedServer
  book: Ledger
  random: Random
  sides: readonly [Side, Side]
  conflicts: number
  count: number
}

const texts = ['description', 'summary', 'message']
const mostRounds = 40

/** One history of two analysts, and what the ledger and the outboxes say of it. */
export async function tryHistory(seed: number): Promise<HistoryOutcome> {
  const random = seededRandom(seed)
  const book = ledger()
  const shared = sharedServer((write) => book.told(write))
  for (const entity of entities)
    for (const field of written[entity]) {
      const row = shared.rows[entity]
      if (row !== undefined && texts.includes(field)) row[field] = firstText
    }
  const side = (login: string): Side => ({
    who: analyst(login, shared),
    copy: structuredClone(shared.rows),
    decided: [],
    values: [],
    givenUp: new Set(),
  })
  const world: World = { shared, book, random, sides: [side('ana'), side('bo')], conflicts: 0, count: 0 }
  const steps = 4 + random.below(14)
  for (let step = 0; step < steps; step += 1) await act(world, random.pick(world.sides))
  const atRest = await comeToRest(world)
  return outcomeOf(world, atRest)
}

async function act(world: World, side: Side): Promise<void> {
  const { random, shared } = world
  const what = random.below(20)
  if (what < 9) return decide(world, side)
  if (what < 12) return pull(world, side)
  if (what < 16) {
    // As in a round: what changed is asked for before anything is sent.
    pull(world, side)
    shared.plan.losesAnswer = random.below(6) === 0
    await side.who.drain()
    shared.plan.losesAnswer = false
    return
  }
  if (what < 18) return chooseAll(world, side)
  if (what === 18) return side.who.restart()
  return drop(world, side)
}

async function decide(world: World, side: Side): Promise<void> {
  const { random, book } = world
  const entity = random.pick(entities)
  const view = viewOf(side, entity)
  if (view === undefined) return
  const gone = deletion[entity]
  if (gone !== undefined && entity !== 'alert' && random.below(12) === 0) {
    book.seeAll(side.who.login, entity, view)
    side.decided.push(await side.who.decide(gone.kind, gone.payload as never, view))
    return
  }
  const field = random.pick(written[entity])
  const unit = `${side.who.login}-${(world.count += 1)}`
  if (field !== 'tags') book.see(side.who.login, view[field])
  if (!texts.includes(field)) side.values.push(unit)
  const draft = draftOf[entity](
    field === 'tags' ? { addTags: [unit] } : { [field]: valueOf(world, view[field], { field, unit }) },
  )
  side.decided.push(await side.who.decide(draft.kind, draft.payload as never, view))
}

/** A value of its own, or the text with one line of its own. */
function valueOf({ random }: World, now: unknown, { field, unit }: { field: string; unit: string }): string {
  if (!texts.includes(field) || typeof now !== 'string') return unit
  const lines = now.split('\n')
  lines[random.below(lines.length)] = unit
  return lines.join('\n')
}

/** What is on the screen: the copy with everything of one's own that waits laid over it. */
function viewOf({ who, copy }: Side, entity: Entity): Row | undefined {
  const row = copy[entity]
  const own = who.book.all().filter((one) => one.kind.startsWith(`${entity}.`))
  if (row === undefined || own.some(({ kind }) => kind.endsWith('.delete'))) return undefined
  return own.reduce<Row>((view, one) => laidOver(view, one), structuredClone(row))
}

function laidOver(view: Row, { payload }: Operation): Row {
  const change = ('change' in payload ? payload.change : payload) as Row & { addTags?: string[] }
  const { addTags = [], ...fields } = change
  return { ...view, ...fields, tags: [...new Set([...((view['tags'] ?? []) as string[]), ...addTags])] }
}

function pull({ shared }: World, side: Side): void {
  side.copy = structuredClone(shared.rows)
  side.who.pull()
}

async function chooseAll(world: World, side: Side): Promise<void> {
  for (const operation of side.who.inConflict()) {
    const { random, book } = world
    world.conflicts += 1
    for (const { mine, theirs } of operation.conflicts ?? []) {
      book.see(side.who.login, theirs)
      book.mayAgain(mine)
    }
    // What waits in doubt behind it was overwritten by a colleague who had seen it, and follows the choice.
    for (const one of side.who.book.all())
      if (one.mustVerify) for (const value of Object.values(laidOver({}, one))) book.mayAgain(value)
    const unit = `${side.who.login}-${(world.count += 1)}`
    const isEdit = !operation.kind.endsWith('.delete') && random.below(4) === 0
    const choice: ConflictChoice = isEdit ? { edit: unit } : random.pick(['mine', 'theirs'] as const)
    await side.who.choose(operation, choice)
    if (side.who.outbox.get(operation.id) === undefined) side.givenUp.add(operation.id)
  }
}

/** The analyst's word on one that waits: it is let go. */
async function drop({ random, book }: World, side: Side): Promise<void> {
  const waiting = side.who.book.all().filter(({ mustVerify }) => !mustVerify)
  if (waiting.length === 0) return
  const operation = random.pick(waiting)
  for (const { theirs } of operation.conflicts ?? []) book.see(side.who.login, theirs)
  await side.who.book.remove([operation])
  side.givenUp.add(operation.id)
}

async function comeToRest(world: World): Promise<boolean> {
  for (let round = 0; round < mostRounds; round += 1) {
    for (const side of world.sides) {
      pull(world, side)
      await side.who.drain()
      await chooseAll(world, side)
    }
    if (world.sides.every(isAtRest)) return true
  }
  return false
}

/** What is about something that is gone stays with its reason, and what was decided about the same thing later behind it. */
const isAtRest = ({ who }: Side): boolean =>
  who.book.all().every(({ kind, state }, at, all) => {
    const entity = kind.split('.')[0]
    const earlier = all.slice(0, at).filter((one) => one.kind.startsWith(`${entity}.`))
    return [{ state }, ...earlier].some((one) => one.state === 'rejected')
  })

function outcomeOf({ sides, book, shared, conflicts }: World, atRest: boolean): HistoryOutcome {
  book.countRepeated(sides.flatMap(({ values }) => values))
  const missing = sides.flatMap(({ who, decided, givenUp }) =>
    decided.filter((id) => who.outbox.get(id) === undefined && !givenUp.has(id)),
  )
  const untold = sides.flatMap(({ who }) => who.book.all()).filter((one) => isThere(one, shared))
  const problems = [
    ...book.problems,
    ...missing.map((id) => `${id} is nowhere`),
    ...untold.map(
      ({ kind, lastError }) => `${kind} was refused though its thing is there: ${lastError?.message ?? ''}`,
    ),
    ...(atRest ? [] : ['it did not come to rest']),
  ]
  return {
    ...{ decisions: sides.reduce((sum, { decided }) => sum + decided.length, 0), conflicts },
    ...book.counts,
    ...{ lost: missing.length, stuck: (atRest ? 0 : 1) + (atRest ? untold.length : 0), problem: problems[0] },
  }
}

const isThere = ({ kind }: Operation, { rows }: SharedServer): boolean =>
  rows[kind.split('.')[0] as Entity] !== undefined
