import { alertOn, caseOn, decided, once, someAlert, someCase } from './scenario.ts'
import type { Decision, Scenario, World } from './scenario.ts'

/** What Forager sends in one request, where the server has a call for it. */

async function alike(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const change = { severity: 4 as const, addTags: ['wave'] }
  const isSo = () => {
    const { severity, tags = [] } = alertOn(world, alertId) ?? {}
    return severity === 4 && tags.includes('wave')
  }
  const base = { severity: 2 }
  return {
    operation: decided('alert.update', { change, effect: {} }, { ...world, n, alertId, base }),
    times: () => once(isSo()),
  }
}

/** One alert, two fields, one after the other. */
async function inARow(world: World, n: number, group: number): Promise<Decision> {
  const alertId = n === group ? await someAlert(world, n) : alertOfGroup(world, group)
  const [change, base] =
    n === group
      ? [{ title: 'Renamed', addTags: ['wave'] }, { title: `About ${group}` }]
      : [{ severity: 4 as const, removeTags: ['wave'] }, { severity: 2 }]
  const isSo = () => {
    const { title, severity, tags = [] } = alertOn(world, alertId) ?? {}
    return title === 'Renamed' && severity === 4 && !tags.includes('wave')
  }
  return {
    operation: decided('alert.update', { change, effect: {} }, { ...world, n, alertId, base }),
    times: () => once(isSo()),
  }
}

function alertOfGroup({ hive }: World, group: number): string {
  const { rows } = hive.state.space('acme').alerts.created
  const found = rows.find(({ sourceRef }) => sourceRef === `about-${group}`)
  if (found === undefined) throw new Error('The first of a row has no alert.')
  return found.id
}

async function deleted(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  return {
    operation: decided('alert.delete', {}, { ...world, n, alertId }),
    times: () => once(alertOn(world, alertId) === undefined),
  }
}

async function mergedInto(world: World, n: number, group: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const known = world.hive.state
    .space('acme')
    .cases.created.rows.find(({ title }) => title === `Case ${group}`)
  const caseId = known?.id ?? (await someCase(world, group))
  return {
    operation: decided('alert.merge', { caseId }, { ...world, n, alertId, base: { caseId: null } }),
    times: () =>
      alertOn(world, alertId)?.caseId === caseId
        ? (caseOn(world, caseId)?.alerts.filter(({ id }) => id === alertId).length ?? 0)
        : 0,
    madeIds: () => [caseId],
  }
}

export const together: readonly Scenario[] = [
  { kind: 'alert.update', variant: 'three alike', count: 3, decide: alike },
  { kind: 'alert.update', variant: 'two in a row', count: 2, decide: inARow },
  { kind: 'alert.delete', variant: 'three', count: 3, decide: deleted },
  { kind: 'alert.merge', variant: 'three into one', count: 3, decide: mergedInto },
]
