import { aCase, aCreation, anInput, plainMarks } from '#tests/support/make.ts'
import { alertOn, caseOn, decided, keepFile, once, someAlert, someCase } from './scenario.ts'
import type { Decision, Scenario, World } from './scenario.ts'

const older = ['thehive3', 'thehive4'] as const

async function created(world: World, n: number): Promise<Decision> {
  const file = keepFile(world, `with-${n}.txt`, Buffer.from(`came along ${n}`))
  const value = { dataType: 'ip', data: '192.0.2.1', localId: `local:ip-${n}`, marks: plainMarks }
  const input = anInput({ sourceRef: `new-${n}`, title: `New ${n}` })
  const payload = aCreation({ input, values: [value], files: [{ ...file, marks: plainMarks }] })
  const there = () =>
    world.hive.state
      .space('acme')
      .alerts.created.rows.filter(({ sourceRef }) => sourceRef === input.sourceRef)
  return {
    operation: decided('alert.create', payload, { ...world, n, alertId: `local:a-${n}` }),
    times: () => there().filter(({ observables }) => observables.length === 2).length,
    madeIds: () => there().map(({ id }) => id),
  }
}

async function updated(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const change = { severity: 4 as const, title: `Renamed ${n}`, addTags: ['seen'] }
  const base = { severity: 2, title: `About ${n}` }
  const isSo = () => {
    const { severity, title, tags = [] } = alertOn(world, alertId) ?? {}
    return severity === 4 && title === change.title && tags.includes('seen')
  }
  return {
    operation: decided('alert.update', { change, effect: {} }, { ...world, n, alertId, base }),
    times: () => once(isSo()),
  }
}

async function fieldsFilled(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const field = { name: 'business-unit', type: 'string' as const, value: 'Sales' }
  const payload = { change: { customFields: [field] }, effect: {} }
  const values = () => alertOn(world, alertId)?.customFields.map(({ value }) => value) ?? []
  return {
    operation: decided('alert.update', payload, { ...world, n, alertId, base: { customFields: [] } }),
    times: () => values().filter((value) => value === 'Sales').length,
  }
}

/** Two requests: what closing asks for has to be there first. */
async function closedWithFields(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const field = { name: 'business-unit', type: 'string' as const, value: 'Sales' }
  const change = { status: 'Ignored', customFields: [field] }
  const base = { status: 'New', customFields: [] }
  const isSo = () => {
    const { status, customFields = [] } = alertOn(world, alertId) ?? {}
    return status === 'Ignored' && customFields.some(({ value }) => value === 'Sales')
  }
  return {
    operation: decided('alert.update', { change, effect: {} }, { ...world, n, alertId, base }),
    times: () => once(isSo()),
  }
}

async function markedRead(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  return {
    operation: decided('alert.read', { read: true }, { ...world, n, alertId, base: { read: false } }),
    times: () => {
      const alert = alertOn(world, alertId)
      return once(alert?.status === 'Ignored' || alert?.read === true)
    },
  }
}

async function unfollowed(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  return {
    operation: decided('alert.follow', { follow: false }, { ...world, n, alertId, base: { follow: true } }),
    times: () => once(alertOn(world, alertId)?.follow === false),
  }
}

async function deleted(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  return {
    operation: decided('alert.delete', {}, { ...world, n, alertId }),
    times: () => once(alertOn(world, alertId) === undefined),
  }
}

async function promoted(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const predicted = aCase({ id: `local:c-${n}`, title: `About ${n}` })
  const opened = () =>
    world.hive.state
      .space('acme')
      .cases.created.rows.filter(({ alerts }) => alerts.some(({ id }) => id === alertId))
  return {
    operation: decided(
      'alert.promote',
      { choices: {}, predicted },
      { ...world, n, alertId, base: { caseId: null } },
    ),
    times: () => opened().length,
    madeIds: () => [alertOn(world, alertId)?.caseId],
  }
}

/** How often the alert is among the case's, as the alert itself says too. */
const linked = (world: World, alertId: string, caseId: string): number =>
  alertOn(world, alertId)?.caseId === caseId
    ? (caseOn(world, caseId)?.alerts.filter(({ id }) => id === alertId).length ?? 0)
    : 0

const into =
  (kind: 'alert.merge' | 'alert.import') =>
  async (world: World, n: number): Promise<Decision> => {
    const alertId = await someAlert(world, n)
    const caseId = await someCase(world, n)
    return {
      operation: decided(kind, { caseId }, { ...world, n, alertId, base: { caseId: null } }),
      times: () => linked(world, alertId, caseId),
      madeIds: () => [caseId],
    }
  }

async function unlinked(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const { id: caseId } = await world.hand.promote(alertId, {}, world.signal)
  return {
    operation: decided('alert.unlink', { caseId }, { ...world, n, alertId, base: { caseId } }),
    times: () =>
      once(alertOn(world, alertId)?.caseId === undefined && caseOn(world, caseId)?.alerts.length === 0),
  }
}

export const aboutAlerts: readonly Scenario[] = [
  { kind: 'alert.create', decide: created },
  { kind: 'alert.update', decide: updated },
  { kind: 'alert.update', variant: 'custom fields', decide: fieldsFilled },
  { kind: 'alert.update', variant: 'closed with its fields', absentIn: older, decide: closedWithFields },
  { kind: 'alert.read', absentIn: ['thehive5'], decide: markedRead },
  { kind: 'alert.follow', decide: unfollowed },
  { kind: 'alert.delete', decide: deleted },
  { kind: 'alert.promote', decide: promoted },
  { kind: 'alert.merge', decide: into('alert.merge') },
  { kind: 'alert.import', absentIn: older, decide: into('alert.import') },
  { kind: 'alert.unlink', absentIn: older, decide: unlinked },
]
