import { boundsOf } from '../query/bounds.ts'
import { compileFilter } from '../query/compile-filter.ts'
import { parseFilter } from '../query/parse-filter.ts'
import { narrow, rowsOf, select, type Selection, type SortKey } from '../query/selection.ts'
import type { Context } from '../semantics/context.ts'
import { badRequest, HiveError } from '../state/errors.ts'
import type { Stamps } from '../state/types.ts'
import * as definitions from './definition-entities.ts'
import type { Entity } from './entities.ts'
import * as main from './main-entities.ts'

type Operation = Record<string, unknown> & { _name: string }

/** What a query comes to: a number, or rows with the extra data asked for and, if asked, the total before the page. */
export type Answer =
  | { count: number }
  | { entity: Entity; rows: readonly Stamps[]; extra: readonly string[]; total: number | undefined }

type Progress = { entity: Entity; selection: Selection; extra: readonly string[]; total: number | undefined }

const queryable: Record<string, Entity> = {
  Alert: main.alertEntity,
  Case: main.caseEntity,
  Observable: main.observableEntity,
  Comment: main.commentEntity,
  Procedure: main.procedureEntity,
  Task: main.taskEntity,
  AlertStatus: definitions.statusEntities.alert,
  CaseStatus: definitions.statusEntities.case,
  CaseTemplate: definitions.templateEntity,
  CustomField: definitions.customFieldEntity,
  ObservableType: definitions.observableTypeEntity,
  User: definitions.userEntity,
  Organisation: definitions.organisationEntity,
  Profile: definitions.profileEntity,
}

const unknownOperation = (name: string, valid: readonly string[]) =>
  new HiveError(
    400,
    'AttributeCheckingError',
    `Unknown operation ${name}; expected one of ${valid.join(', ')}`,
  )

/** Runs the operations of a `/query` body in order. Reading needs no permission beyond the organisation. */
export function runQuery(context: Context, source: unknown): Answer {
  if (!Array.isArray(source)) throw badRequest('A query is a list of operations')
  const [first, ...rest] = source.map(readOperation)
  if (!first) throw badRequest('A query needs at least one operation')
  let progress = start(context, first)
  for (const operation of rest) {
    if (operation._name === 'count' || operation._name === 'limitedCount') {
      return { count: rowsOf(progress.selection).length }
    }
    const counted = /^similar(Alert|Case)LightCount$/.exec(operation._name)
    if (counted)
      return { count: rowsOf(step(context, progress, `similar${counted[1]}sLight`).selection).length }
    progress = advance(context, progress, operation)
  }
  const { entity, selection, extra, total } = progress
  return { entity, rows: rowsOf(selection), extra, total }
}

function readOperation(item: unknown): Operation {
  const name = (item as Partial<Operation> | null)?._name
  if (typeof name !== 'string') throw badRequest('An operation needs a _name')
  return item as Operation
}

function start(context: Context, operation: Operation): Progress {
  const [, verb, kind = ''] = /^(list|get)(\w+)$/.exec(operation._name) ?? []
  const entity = queryable[kind]
  const fresh = (from: Entity, rows: Selection['source']): Progress => ({
    entity: from,
    selection: select(rows),
    extra: [],
    total: undefined,
  })
  if (verb === 'list' && entity?.list) return fresh(entity, entity.list(context))
  if (verb === 'get' && entity?.get) {
    const found = entity.get(context, String(operation.idOrName ?? ''))
    return fresh(entity, found ? [found] : [])
  }
  const names = Object.entries(queryable).flatMap(([name, known]) => [
    ...(known.list ? [`list${name}`] : []),
    ...(known.get ? [`get${name}`] : []),
  ])
  throw unknownOperation(operation._name, names)
}

function advance(context: Context, progress: Progress, operation: Operation): Progress {
  const { _name, ...operands } = operation
  switch (_name) {
    case 'filter':
      return filter(context, progress, operands)
    case 'sort':
      return {
        ...progress,
        selection: { ...progress.selection, sort: readSort(context, progress, operands) },
      }
    case 'page':
      return page(progress, operands)
    default:
      return step(context, progress, _name)
  }
}

function filter(context: Context, progress: Progress, operands: unknown): Progress {
  const { entity, selection } = progress
  const parsed = parseFilter(operands, context.state.clock.now())
  const predicate = compileFilter(parsed, (name) => entity.field(context, name), entity.name)
  return { ...progress, selection: narrow(selection, predicate, boundsOf(parsed)) }
}

function readSort(context: Context, { entity }: Progress, { _fields }: Record<string, unknown>): SortKey[] {
  if (!Array.isArray(_fields)) throw badRequest('sort expects _fields')
  return _fields.flatMap((item: unknown) =>
    Object.entries(item as object).map(([name, direction]): SortKey => {
      const field = entity.field(context, name)
      if (!field) throw badRequest(`Property ${name} for type ${entity.name} not found`)
      if (direction !== 'asc' && direction !== 'desc') throw badRequest(`Unknown sort direction ${direction}`)
      return { name, field, descending: direction === 'desc' }
    }),
  )
}

/** `from` inclusive, `to` exclusive. */
function page(progress: Progress, { from, to, extraData }: Record<string, unknown>): Progress {
  if (!Number.isInteger(from) || !Number.isInteger(to)) throw badRequest('page expects from and to')
  const extra = Array.isArray(extraData) ? extraData.map(String) : []
  const wantsTotal = extra.includes('total')
  const rows = rowsOf(progress.selection, wantsTotal ? undefined : (to as number))
  return {
    ...progress,
    selection: select(rows.slice(from as number, to as number)),
    extra: extra.filter((key) => key !== 'total'),
    total: wantsTotal ? rows.length : undefined,
  }
}

function step(context: Context, progress: Progress, name: string): Progress {
  const found = progress.entity.steps[name]
  if (!found) {
    throw unknownOperation(name, ['filter', 'sort', 'page', 'count', ...Object.keys(progress.entity.steps)])
  }
  const rows = found.rows(context, rowsOf(progress.selection))
  return { entity: found.to(), selection: select(rows), extra: [], total: undefined }
}
