import type { Case, CaseChange, CaseInput } from '#shared/model/case.ts'
import type { Task } from '#shared/model/task.ts'
import { orAbsent } from '../absence.ts'
import { call, readOne, segment } from '../api.ts'
import type { Api } from '../api.ts'
import { oneAfterAnother } from '../one-after-another.ts'
import * as wire from '../wire-fields.ts'
import { createCaseBody, inTurn, updateCaseBody } from './bodies.ts'
import { casesSteps } from './queries.ts'
import { readCase } from './read-case.ts'
import { queryList } from './run-query.ts'
import { withWholeTags } from './whole-tags.ts'

export async function listCases(
  api: Api,
  { limit, updatedSince }: { limit: number; updatedSince?: number | undefined },
  signal: AbortSignal,
): Promise<Case[]> {
  const read = (row: unknown): Case => readCase(row, api.scale)
  return queryList(api, { label: 'cases', steps: casesSteps(limit, updatedSince), read }, signal)
}

const path = (idOrNumber: string): string => `/api/v1/case/${segment(idOrNumber)}`

export async function getCase(api: Api, idOrNumber: string, signal: AbortSignal): Promise<Case | undefined> {
  return orAbsent(async () => {
    const answer = await call(api, { method: 'GET', path: path(idOrNumber) }, signal)
    return readOne(api, answer, (row) => readCase(row, api.scale))
  })
}

export async function createCase(api: Api, input: CaseInput, signal: AbortSignal): Promise<Case> {
  const json = createCaseBody(input, api.scale)
  const answer = await call(api, { method: 'POST', path: '/api/v1/case', json }, signal)
  return readOne(api, answer, (row) => readCase(row, api.scale))
}

/** Closing and reopening are a status of another stage; the server may ask for more before it closes (api.md §4.3). */
export async function updateCase(
  api: Api,
  id: string,
  change: CaseChange,
  signal: AbortSignal,
): Promise<void> {
  const body = updateCaseBody(change, api.scale)
  const whole = await withWholeTags(api, { body, edits: change }, () => getCase(api, id, signal))
  const send = (json: object) => api.http.send({ method: 'PATCH', path: path(id), json }, signal)
  await oneAfterAnother(inTurn(whole).map((part) => () => send(part)))
}

/** The tasks of a case in their order. */
export async function listTasks(api: Api, caseId: string, signal: AbortSignal): Promise<Task[]> {
  const steps = [{ _name: 'getCase', idOrName: caseId }, { _name: 'tasks' }]
  const tasks = await queryList(api, { label: 'case-tasks', steps, read: readTask }, signal)
  return tasks.sort((a, b) => a.order - b.order)
}

function readTask(value: unknown): Task {
  const row = wire.asRow(value, 'task')
  const [group, assignee] = [wire.optionalText(row, 'group'), wire.optionalText(row, 'assignee')]
  const dueDate = wire.optionalMoment(row, 'dueDate')
  return {
    id: wire.id(row),
    title: wire.text(row, 'title'),
    status: wire.text(row, 'status'),
    mandatory: wire.flag(row, 'mandatory', false),
    order: wire.optionalNumber(row, 'order') ?? 0,
    ...(group !== undefined && { group }),
    ...(assignee !== undefined && { assignee }),
    ...(dueDate !== undefined && { dueDate }),
  }
}
