import type { Operation, OperationKind } from '#shared/model/operation.ts'
import { aCase } from '#tests/support/make.ts'
import { ids } from './shared-server.ts'
import type { Entity, Row } from './shared-server.ts'

type Draft = { kind: OperationKind; payload: Operation['payload'] }

/** One compared field: two values that differ from its first one and from each other, and how each is decided. */
export type Field = {
  entity: Entity
  name: string
  values: readonly [unknown, unknown]
  /** Edits of it go together: tags, and texts edited in different places; `both` is what they come to. */
  merges?: { values: readonly [unknown, unknown]; both: unknown } | undefined
  /** Something else that may be written when choosing; absent where it is one or the other. */
  edit?: unknown
  draft: (value: unknown) => Draft
  /** As the server has it. */
  shown?: (row: Row) => unknown
}

export const draftOf: Record<Entity, (change: Row) => Draft> = {
  alert: (change) => ({ kind: 'alert.update', payload: { change, effect: {} } }),
  case: (change) => ({ kind: 'case.update', payload: { change, effect: {} } }),
  observable: (change) => ({ kind: 'observable.update', payload: { observableId: ids.observable, change } }),
  procedure: (change) => ({ kind: 'procedure.edit', payload: { procedureId: ids.procedure, change } }),
  comment: (change) => ({
    kind: 'comment.edit',
    payload: { commentId: ids.comment, message: String(change['message']) },
  }),
}

/** How a whole thing is deleted; cases are not deleted from here. */
export const deletion: Partial<Record<Entity, Draft>> = {
  alert: { kind: 'alert.delete', payload: {} },
  observable: { kind: 'observable.delete', payload: { observableId: ids.observable } },
  procedure: { kind: 'procedure.delete', payload: { procedureId: ids.procedure } },
  comment: { kind: 'comment.delete', payload: { commentId: ids.comment } },
}

type More = Omit<Field, 'entity' | 'name' | 'values' | 'draft'>
const field = (entity: Entity, name: string, values: Field['values'], more: More = {}): Field => ({
  ...{ entity, name, values },
  draft: (value) => draftOf[entity]({ [name]: value }),
  ...more,
})

/** The first text of every text field, so that edits can be apart. */
export const firstText = 'one\ntwo\nthree\nfour\nfive'
const text = (entity: Entity, name: string): Field =>
  field(entity, name, ['mine\ntwo\nthree\nfour\nfive', 'theirs\ntwo\nthree\nfour\nfive'], {
    merges: {
      values: ['mine\ntwo\nthree\nfour\nfive', 'one\ntwo\nthree\nfour\ntheirs'],
      both: 'mine\ntwo\nthree\nfour\ntheirs',
    },
    edit: 'words of both',
  })

const tags = (entity: Entity): Field => ({
  ...{ entity, name: 'tags', values: ['x', 'y'] as const },
  merges: { values: ['x', 'y'], both: ['x', 'y'] },
  draft: (value) => draftOf[entity]({ addTags: [value] }),
  shown: (row) => ((row['tags'] ?? []) as string[]).filter((tag) => tag === 'x' || tag === 'y').toSorted(),
})

const unit = (value: unknown) => [{ name: 'unit', type: 'string', value }]
const customFields = (entity: Entity): Field => ({
  ...{ entity, name: 'customFields', values: ['north', 'west'] as const },
  draft: (value) => draftOf[entity]({ customFields: unit(value) }),
  shown: (row) => (row['customFields'] as Row[])[0]?.['value'] ?? null,
})

const marked = (entity: Entity): Field[] => [
  field(entity, 'severity', [3, 4], { edit: 1 }),
  field(entity, 'tlp', ['green', 'red'], { edit: 'clear' }),
  field(entity, 'pap', ['green', 'red'], { edit: 'clear' }),
  field(entity, 'assignee', ['bo', 'cy'], { edit: 'di' }),
  field(entity, 'title', ['Mine', 'Theirs'], { edit: 'Of both' }),
  field(entity, 'status', ['InProgress', 'Closed']),
  text(entity, 'description'),
  text(entity, 'summary'),
  tags(entity),
  customFields(entity),
]

const inCase: Field = {
  ...{ entity: 'alert', name: 'caseId', values: ['~100', '~200'] as const },
  draft: (value) => ({ kind: 'alert.merge', payload: { caseId: String(value) } }),
}
const promoted: Field = {
  ...{ entity: 'alert', name: 'caseId', values: ['mine', 'theirs'] as const },
  draft: (value) => ({
    kind: 'alert.promote',
    payload: { choices: {}, predicted: aCase({ id: `local:${value}` }) },
  }),
}

/** Every field that is compared, of every kind. */
export const fields: readonly Field[] = [
  ...marked('alert'),
  field('alert', 'externalLink', ['https://b.example', 'https://c.example'], { edit: 'https://d.example' }),
  {
    ...field('alert', 'read', [true, true]),
    draft: (value) => ({ kind: 'alert.read', payload: { read: value === true } }),
  },
  {
    ...field('alert', 'follow', [false, false]),
    draft: (value) => ({ kind: 'alert.follow', payload: { follow: value === true } }),
  },
  inCase,
  promoted,
  ...marked('case'),
  field('case', 'impactStatus', ['WithImpact', 'NotApplicable']),
  field('case', 'flag', [true, true]),
  field('observable', 'dataType', ['domain', 'url']),
  text('observable', 'message'),
  field('observable', 'tlp', ['green', 'red'], { edit: 'clear' }),
  field('observable', 'pap', ['green', 'red'], { edit: 'clear' }),
  ...(['ioc', 'sighted', 'ignoreSimilarity'] as const).map((name) => field('observable', name, [true, true])),
  tags('observable'),
  field('procedure', 'occurDate', [2_000, 3_000]),
  field('procedure', 'tactic', ['discovery', 'impact']),
  text('procedure', 'description'),
  text('comment', 'message'),
]
