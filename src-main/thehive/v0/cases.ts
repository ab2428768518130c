import type { Case, CaseChange, CaseInput } from '#shared/model/case.ts'
import type { Task } from '#shared/model/task.ts'
import { definedOf } from '../../domain/defined-of.ts'
import { orAbsent } from '../absence.ts'
import { call, readOne, segment } from '../api.ts'
import { papToWire } from '../scales.ts'
import { tagsAfter } from '../tags-after.ts'
import * as wire from '../wire-fields.ts'
import { caseStatusBody } from './case-status.ts'
import { customFieldsBody } from './custom-fields.ts'
import { lacks, nameOf } from './older-api.ts'
import type { OlderApi } from './older-api.ts'
import { readCase } from './read-case.ts'
import { atLeastStamp, searchList } from './search.ts'

const path = (id: string): string => `/api/case/${segment(id)}`

/** TheHive 3 keeps deleted cases and finds them like any other (api.md §4.1). */
const notDeleted = ({ flavour }: OlderApi): object[] =>
  flavour === 'thehive3' ? [{ _not: { status: 'Deleted' } }] : []

/** Newest first; `updatedSince` keeps those created or changed since. */
export async function listCases(
  api: OlderApi,
  { limit, updatedSince }: { limit: number; updatedSince?: number | undefined },
  signal: AbortSignal,
): Promise<Case[]> {
  const since =
    updatedSince === undefined
      ? []
      : [{ _or: [atLeastStamp('updatedAt', updatedSince), atLeastStamp('createdAt', updatedSince)] }]
  const query = { _and: [atLeastStamp('createdAt', 0), ...notDeleted(api), ...since] }
  const search = { model: 'case', query, range: `0-${limit}`, sort: ['-createdAt'] }
  return searchList(api, search, (row) => readCase(row, api.scale), signal)
}

/** TheHive 4 takes a number where an id is due; TheHive 3 has to search for it. */
export async function getCase(
  api: OlderApi,
  idOrNumber: string,
  signal: AbortSignal,
): Promise<Case | undefined> {
  if (api.flavour === 'thehive3' && /^\d{1,9}$/.test(idOrNumber)) {
    const query = { _and: [{ caseId: Number(idOrNumber) }, ...notDeleted(api)] }
    const search = { model: 'case', query, range: '0-1', sort: ['-createdAt'] }
    const [found] = await searchList(api, search, (row) => readCase(row, api.scale), signal)
    return found
  }
  const found = await orAbsent(async () => {
    const answer = await call(api, { method: 'GET', path: path(idOrNumber) }, signal)
    return readOne(api, answer, (row) => readCase(row, api.scale))
  })
  return found?.status === 'Deleted' ? undefined : found
}

/** In the order of the case. */
export async function listTasks(api: OlderApi, caseId: string, signal: AbortSignal): Promise<Task[]> {
  const query = { _parent: { _type: 'case', _query: { _id: caseId } } }
  const search = { model: 'case/task', query, range: 'all', sort: ['+order'] }
  const tasks = await searchList(api, search, readTask, signal)
  return tasks.sort((a, b) => a.order - b.order)
}

function readTask(value: unknown): Task {
  const row = wire.asRow(value, 'task')
  const task: Task = {
    id: wire.id(row),
    title: wire.text(row, 'title'),
    status: wire.text(row, 'status'),
    mandatory: false,
    order: wire.optionalNumber(row, 'order') ?? 0,
  }
  const group = wire.optionalText(row, 'group')
  const assignee = wire.optionalText(row, 'owner')
  const dueDate = wire.optionalMoment(row, 'dueDate')
  return Object.assign(task, definedOf({ group, assignee, dueDate }))
}

export async function createCase(api: OlderApi, input: CaseInput, signal: AbortSignal): Promise<Case> {
  const { tlp, pap, tags, assignee, caseTemplate, ...plain } = input
  const json = {
    ...plain,
    tlp: api.scale.toWire[tlp],
    pap: papToWire(pap),
    tags: [...new Set(tags)],
    // TheHive 4 tells by `owner` and is told by `user`.
    [api.flavour === 'thehive3' ? 'owner' : 'user']: assignee,
    template: caseTemplate,
  }
  const answer = await call(api, { method: 'POST', path: '/api/case', json }, signal)
  return readOne(api, answer, (row) => readCase(row, api.scale))
}

/** Closing and reopening are a status; closing also sets why, as TheHive 3 and 4 keep it apart. */
export async function updateCase(
  api: OlderApi,
  id: string,
  change: CaseChange,
  signal: AbortSignal,
): Promise<void> {
  const { status, assignee, addTags, removeTags, tlp, pap, customFields, ...plain } = change
  if (api.flavour === 'thehive3' && assignee === null)
    throw lacks(`A case of ${nameOf(api)} always has an owner.`)
  const closing = status === undefined ? {} : caseStatusBody(status)
  if (closing === undefined) throw lacks(`${nameOf(api)} has no case status "${status}".`)
  const tagged = (addTags?.length ?? 0) + (removeTags?.length ?? 0) > 0
  const json = {
    ...plain,
    ...closing,
    ...(assignee !== undefined && { owner: assignee }),
    ...(tlp !== undefined && { tlp: api.scale.toWire[tlp] }),
    ...(pap !== undefined && { pap: papToWire(pap) }),
    ...(customFields !== undefined && { customFields: customFieldsBody(customFields, api) }),
    ...(tagged && { tags: await caseTagsAfter(api, id, change, signal) }),
  }
  await patchCase(api, id, json, signal)
}

async function caseTagsAfter(
  api: OlderApi,
  id: string,
  change: CaseChange,
  signal: AbortSignal,
): Promise<string[]> {
  const answer = await call(api, { method: 'GET', path: path(id) }, signal)
  return tagsAfter(
    readOne(api, answer, (row) => wire.texts(wire.asRow(row, 'case'), 'tags')),
    change,
  )
}

async function patchCase(api: OlderApi, id: string, json: object, signal: AbortSignal): Promise<void> {
  await api.http.send({ method: 'PATCH', path: path(id), json }, signal)
}
