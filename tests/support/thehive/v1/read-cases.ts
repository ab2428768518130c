import type { TemplateChoice } from '../semantics/apply-template.ts'
import type { CaseInput, CasePatch, PageDraft, ShareDraft, TaskPatch } from '../semantics/drafts.ts'
import type { ServerKind } from '../state/server-kind.ts'
import type { TaskOutline } from '../state/types.ts'
import { readFields, type FieldsReader } from './fields-reader.ts'
import { long, readCustomFields, readMarking, readTagsPatch } from './read-common.ts'

const readPlain = (fields: FieldsReader, server: ServerKind) => ({
  title: fields.text('title', { max: 512 }),
  description: fields.text('description', long),
  ...readMarking(fields, server),
  startDate: fields.integer('startDate'),
  endDate: fields.integer('endDate'),
  flag: fields.boolean('flag'),
  status: fields.text('status', { max: 64 }),
  customFields: readCustomFields(fields),
})

/** The pages of a new case since 5.2.0. */
export function readCaseInput(body: unknown, server: ServerKind): CaseInput {
  const fields = readFields(body ?? {})
  return {
    ...readPlain(fields, server),
    tags: fields.tags('tags'),
    summary: fields.text('summary', long),
    assignee: fields.text('assignee', { max: 128 }),
    caseTemplate: fields.text('caseTemplate', { max: 128 }),
    tasks: fields.list('tasks').map(readTask),
    pages: server.atLeast('5.2.0') ? fields.list('pages').map(readPage) : [],
    shares: fields.list('sharingParameters').map(readShare),
    taskRule: fields.text('taskRule', { max: 128 }),
    observableRule: fields.text('observableRule', { max: 128 }),
  }
}

function readShare(item: unknown): ShareDraft {
  const fields = readFields(item)
  fields.text('profile', { max: 64 })
  fields.boolean('share')
  return {
    organisation: fields.requiredText('organisation', { max: 128 }),
    taskRule: fields.text('taskRule', { max: 64 }),
    observableRule: fields.text('observableRule', { max: 64 }),
  }
}

/** A case made by hand needs its title and description. */
export function readNewCase(body: unknown, server: ServerKind): CaseInput {
  const fields = readFields(body)
  fields.requiredText('title', { max: 512 })
  fields.requiredText('description', long)
  return readCaseInput(body, server)
}

export function readCasePatch(body: unknown, server: ServerKind): CasePatch {
  const fields = readFields(body)
  return {
    ...readPlain(fields, server),
    ...readTagsPatch(fields, server),
    summary: fields.clearable('summary', long),
    assignee: fields.clearable('assignee', { max: 128 }),
    impactStatus: fields.clearable('impactStatus', { max: 128 }),
  }
}

const readTaskFields = (fields: FieldsReader) => ({
  group: fields.text('group', { max: 64 }),
  description: fields.text('description', long),
  status: fields.text('status', { max: 16 }),
  flag: fields.boolean('flag'),
  startDate: fields.integer('startDate'),
  endDate: fields.integer('endDate'),
  dueDate: fields.integer('dueDate'),
  order: fields.integer('order'),
  mandatory: fields.boolean('mandatory'),
})

export function readTask(item: unknown): TaskOutline {
  const fields = readFields(item)
  const { group = 'default', ...rest } = readTaskFields(fields)
  return {
    title: fields.requiredText('title', { max: 128 }),
    group,
    ...rest,
    assignee: fields.text('assignee', { max: 128 }),
  }
}

export function readTaskPatch(body: unknown): TaskPatch {
  const fields = readFields(body)
  return {
    title: fields.text('title', { max: 128 }),
    ...readTaskFields(fields),
    assignee: fields.clearable('assignee', { max: 128 }),
  }
}

export function readPage(item: unknown): PageDraft {
  const fields = readFields(item)
  return {
    title: fields.requiredText('title', { max: 512 }),
    content: fields.requiredText('content', long),
    category: fields.requiredText('category', { max: 128 }),
    order: fields.integer('order'),
  }
}

export function readPagePatch(body: unknown): Partial<PageDraft> {
  const fields = readFields(body)
  const [title, content] = [fields.text('title', { max: 512 }), fields.text('content', long)]
  const [category, order] = [fields.text('category', { max: 128 }), fields.integer('order')]
  return {
    ...(title === undefined ? {} : { title }),
    ...(content === undefined ? {} : { content }),
    ...(category === undefined ? {} : { category }),
    order,
  }
}

export function readTemplateChoice(body: unknown): TemplateChoice {
  const fields = readFields(body)
  const wants = (what: string) => fields.boolean(`update${what}`) ?? false
  return {
    caseTemplate: fields.requiredText('caseTemplate', { max: 128 }),
    titlePrefix: wants('TitlePrefix'),
    description: wants('Description'),
    tags: wants('Tags'),
    severity: wants('Severity'),
    flag: wants('Flag'),
    tlp: wants('Tlp'),
    pap: wants('Pap'),
    customFields: wants('CustomFields'),
    tasks: fields.list('importTasks').map(String),
  }
}
