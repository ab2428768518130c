import type { Context } from '../../semantics/context.ts'
import type { CaseDraftOfThree, CasePatchOfThree } from '../../semantics/legacy/drafts.ts'
import type { TaskOutline } from '../../state/types.ts'
import { isObject, type Json } from '../parameters.ts'
import { caseModel } from './attribute-models.ts'
import { checkCreation, checkUpdate, type AttributeError } from './attributes.ts'
import { readChanges, readEntries } from './read-fields.ts'

const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
const number = (value: unknown) => (typeof value === 'number' ? value : undefined)
const flag = (value: unknown) => (typeof value === 'boolean' ? value : undefined)
const strings = (value: unknown) => (Array.isArray(value) ? (value as string[]) : undefined)

/** Null clears. */
const clearable = <V>(read: (value: unknown) => V | undefined, value: unknown): V | null | undefined =>
  value === null ? null : read(value)

/** `template` and `tasks` are no attributes; they are read beside them. */
export function readCaseDraft(context: Context, { template: _, tasks, ...body }: Json): CaseDraftOfThree {
  const errors: AttributeError[] = []
  const customFields = readEntries(context.state, body.customFields, errors)
  const fields = checkCreation(caseModel(context.server), body, errors)
  return {
    ...{ title: String(fields.title), description: String(fields.description) },
    ...{ severity: number(fields.severity), tlp: number(fields.tlp), pap: number(fields.pap) },
    ...{ startDate: number(fields.startDate), endDate: number(fields.endDate) },
    ...{ tags: strings(fields.tags) ?? [], flag: flag(fields.flag), status: text(fields.status) },
    ...{ summary: text(fields.summary), assignee: text(fields.owner), customFields, tasks: readTasks(tasks) },
  }
}

export function readTasks(source: unknown): TaskOutline[] {
  if (!Array.isArray(source)) return []
  return source.filter(isObject).map((task) => ({
    title: text(task.title) ?? '',
    group: text(task.group) ?? 'default',
    description: text(task.description),
    assignee: text(task.owner),
    status: text(task.status),
  }))
}

export function readCasePatch(context: Context, body: Json): CasePatchOfThree {
  const errors: AttributeError[] = []
  const customFields = readChanges(context.state, body, errors)
  const fields = checkUpdate(caseModel(context.server), body, errors)
  return {
    ...{ title: text(fields.title), description: text(fields.description), status: text(fields.status) },
    ...{ severity: number(fields.severity), tlp: number(fields.tlp), pap: number(fields.pap) },
    ...{ startDate: number(fields.startDate), endDate: clearable(number, fields.endDate) },
    ...{ tags: fields.tags === null ? [] : strings(fields.tags), flag: flag(fields.flag) },
    ...{ summary: clearable(text, fields.summary), assignee: clearable(text, fields.owner) },
    resolutionStatus: clearable(text, fields.resolutionStatus),
    impactStatus: clearable(text, fields.impactStatus),
    customFields,
  }
}
