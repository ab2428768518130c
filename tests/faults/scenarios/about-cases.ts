import { aCase } from '#tests/support/make.ts'
import { caseOn, decided, once, someCase } from './scenario.ts'
import type { Decision, Scenario, World } from './scenario.ts'

const created = (world: World, n: number): Promise<Decision> => opened(world, n, undefined)
const createdForBen = (world: World, n: number): Promise<Decision> => opened(world, n, 'ben@acme.example')

async function opened(world: World, n: number, assignee: string | undefined): Promise<Decision> {
  const title = `Wave ${n}`
  const marks = { severity: 2, tlp: 'amber', pap: 'amber' } as const
  const input = { title, description: '', tags: ['mail'], ...marks, assignee }
  const predicted = aCase({ id: `local:w-${n}`, title })
  const there = () => world.hive.state.space('acme').cases.created.rows.filter((one) => one.title === title)
  const isSo = (one: { tags: readonly string[]; assignee?: string | undefined }) =>
    one.tags.join() === 'mail' && (assignee === undefined || one.assignee === assignee)
  return {
    operation: decided('case.create', { input, predicted }, { ...world, n, alertId: predicted.id }),
    // The marker has to come off the one the receipt names.
    times: () => (there().some(isSo) ? there().length : 0),
    madeIds: () => there().map(({ id }) => id),
    leftUndone: /still carries the tag/,
  }
}

async function updated(world: World, n: number): Promise<Decision> {
  const id = await someCase(world, n)
  const payload = { change: { severity: 4 as const, addTags: ['c2'] }, effect: {} }
  const isSo = () => {
    const { severity, tags = [] } = caseOn(world, id) ?? {}
    return severity === 4 && tags.includes('c2') && tags.includes('mail')
  }
  return {
    operation: decided('case.update', payload, { ...world, n, alertId: id, base: { severity: 2 } }),
    times: () => once(isSo()),
  }
}

export const aboutCases: readonly Scenario[] = [
  { kind: 'case.create', keyless: true, decide: created },
  { kind: 'case.create', variant: 'for somebody else', keyless: true, decide: createdForBen },
  { kind: 'case.update', decide: updated },
]
