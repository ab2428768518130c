import { aCase } from '#tests/support/make.ts'
import { caseOn, decided, once, someCase } from './scenario.ts'
import type { Decision, Scenario, World } from './scenario.ts'

async function created(world: World, n: number): Promise<Decision> {
  const title = `Wave ${n}`
  const marks = { severity: 2, tlp: 'amber', pap: 'amber' } as const
  const input = { title, description: '', tags: ['mail'], ...marks }
  const predicted = aCase({ id: `local:w-${n}`, title })
  const there = () => world.hive.state.space('acme').cases.created.rows.filter((one) => one.title === title)
  return {
    operation: decided('case.create', { input, predicted }, { ...world, n, alertId: predicted.id }),
    // The marker has to come off the one the receipt names.
    times: () => (there().some(({ tags }) => tags.join() === 'mail') ? there().length : 0),
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
  { kind: 'case.update', decide: updated },
]
