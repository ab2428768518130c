import { alertOn, decided, keepFile, once, someAlert } from './scenario.ts'
import type { Decision, Scenario, World } from './scenario.ts'

const older = ['thehive3', 'thehive4'] as const
const technique = { patternId: 'T1003', tactic: 'credential-access', occurDate: 1_700_000_000_000 }

const comments = (world: World, alertId: string, wanted: string) =>
  (alertOn(world, alertId)?.comments ?? []).filter(({ message }) => message === wanted)
const procedures = (world: World, alertId: string) => alertOn(world, alertId)?.procedures ?? []
const attachments = (world: World, alertId: string) => alertOn(world, alertId)?.attachments ?? []

async function commented(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const message = `seen ${n}`
  return {
    operation: decided('comment.add', { localId: `local:m-${n}`, message }, { ...world, n, alertId }),
    times: () => comments(world, alertId, message).length,
    madeIds: () => comments(world, alertId, message).map(({ id }) => id),
  }
}

async function withComment(world: World, n: number) {
  const alertId = await someAlert(world, n)
  const { id } = await world.hand.addComment(alertId, 'first words', world.signal)
  return { alertId, id }
}

async function commentEdited(world: World, n: number): Promise<Decision> {
  const { alertId, id } = await withComment(world, n)
  const message = `better words ${n}`
  const base = { message: 'first words' }
  return {
    operation: decided('comment.edit', { commentId: id, message }, { ...world, n, alertId, base }),
    times: () => comments(world, alertId, message).length,
  }
}

async function commentDeleted(world: World, n: number): Promise<Decision> {
  const { alertId, id } = await withComment(world, n)
  return {
    operation: decided('comment.delete', { commentId: id }, { ...world, n, alertId }),
    times: () => once(alertOn(world, alertId)?.comments.length === 0),
  }
}

async function procedureAdded(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const payload = { localId: `local:p-${n}`, input: technique }
  return {
    operation: decided('procedure.add', payload, { ...world, n, alertId }),
    times: () => procedures(world, alertId).length,
    madeIds: () => procedures(world, alertId).map(({ id }) => id),
  }
}

async function withProcedure(world: World, n: number) {
  const alertId = await someAlert(world, n)
  const { id } = await world.hand.addProcedure(alertId, technique, world.signal)
  return { alertId, id }
}

async function procedureEdited(world: World, n: number): Promise<Decision> {
  const { alertId, id } = await withProcedure(world, n)
  const payload = { procedureId: id, change: { description: `by mail ${n}` } }
  return {
    operation: decided('procedure.edit', payload, { ...world, n, alertId, base: { description: null } }),
    times: () =>
      procedures(world, alertId).filter(({ description }) => description === `by mail ${n}`).length,
  }
}

async function procedureDeleted(world: World, n: number): Promise<Decision> {
  const { alertId, id } = await withProcedure(world, n)
  return {
    operation: decided('procedure.delete', { procedureId: id }, { ...world, n, alertId }),
    times: () => once(alertOn(world, alertId)?.procedures.length === 0),
  }
}

async function attached(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const file = keepFile(world, `report-${n}.txt`, Buffer.from(`report ${n}`))
  return {
    operation: decided('attachment.add', file, { ...world, n, alertId }),
    times: () => attachments(world, alertId).length,
    madeIds: () => attachments(world, alertId).map(({ id }) => id),
  }
}

async function attachmentDeleted(world: World, n: number): Promise<Decision> {
  const alertId = await someAlert(world, n)
  const name = `old-${n}.txt`
  keepFile(world, name, Buffer.from('old report'))
  const file = world.kept.get(name)
  if (file === undefined) throw new Error('A kept file went.')
  const { id } = await world.hand.addAttachment(alertId, file, world.signal)
  return {
    operation: decided('attachment.delete', { attachmentId: id }, { ...world, n, alertId }),
    times: () => once(alertOn(world, alertId)?.attachments.length === 0),
  }
}

const fiveOnly = { absentIn: older }

export const aboutChildren: readonly Scenario[] = [
  { kind: 'comment.add', ...fiveOnly, keyless: true, decide: commented },
  { kind: 'comment.edit', ...fiveOnly, decide: commentEdited },
  { kind: 'comment.delete', ...fiveOnly, decide: commentDeleted },
  { kind: 'procedure.add', ...fiveOnly, keyless: true, decide: procedureAdded },
  { kind: 'procedure.edit', ...fiveOnly, decide: procedureEdited },
  { kind: 'procedure.delete', ...fiveOnly, decide: procedureDeleted },
  { kind: 'attachment.add', ...fiveOnly, keyless: true, decide: attached },
  { kind: 'attachment.delete', ...fiveOnly, decide: attachmentDeleted },
]
