import { boundsOf } from '../query/bounds.ts'
import { compileFilter } from '../query/compile-filter.ts'
import { narrow, rowsOf, select, type Selection, type SortKey } from '../query/selection.ts'
import type { Context } from '../semantics/context.ts'
import { badRequest, HiveError } from '../state/errors.ts'
import type { Stamps } from '../state/types.ts'
import type { Entity, Operands, Step } from './entities.ts'
import type { QueryLanguage } from './query-language.ts'

type Operation = Operands & { _name: string }

/** What a query comes to: a bare value, or rows with the extra data asked for and, if asked, the total before the page. */
export type Answer =
  | { value: unknown }
  | { entity: Entity; rows: readonly Stamps[]; extra: readonly string[]; total: number | undefined }

type Progress = { entity: Entity; selection: Selection; extra: readonly string[]; total: number | undefined }

type Run = { context: Context; language: QueryLanguage }

const unknownOperation = (name: string, valid: readonly string[]) =>
  new HiveError(
    400,
    'AttributeCheckingError',
    `Unknown operation ${name}; expected ${valid.length === 0 ? 'none' : `one of ${valid.join(', ')}`}`,
  )

const fresh = (entity: Entity, rows: Selection['source']): Progress => ({
  entity,
  selection: select(rows),
  extra: [],
  total: undefined,
})

/** Runs the operations of a `/query` body in order. Reading needs no permission beyond the organisation. */
export function runQuery(context: Context, language: QueryLanguage, source: unknown): Answer {
  if (!Array.isArray(source)) throw badRequest('A query is a list of operations')
  const [first, ...rest] = source.map(readOperation)
  if (!first) throw badRequest('A query needs at least one operation')
  const run = { context, language }
  const begun = start(run, first)
  if ('value' in begun) return begun
  let progress: Progress = begun
  for (const operation of rest) {
    if (progress.entity.isLast) throw unknownOperation(operation._name, [])
    const end = Object.hasOwn(language.ends, operation._name) ? language.ends[operation._name] : undefined
    if (end) {
      const { entity, selection } = progress
      return { value: end(context, { entity, rows: rowsOf(selection) }, operation) }
    }
    progress = advance(run, progress, operation)
  }
  const { entity, selection, extra, total } = progress
  return { entity, rows: rowsOf(selection), extra, total }
}

function readOperation(item: unknown): Operation {
  const name = (item as Partial<Operation> | null)?._name
  if (typeof name !== 'string') throw badRequest('An operation needs a _name')
  return item as Operation
}

function start({ context, language }: Run, operation: Operation): Progress | { value: unknown } {
  const special = Object.hasOwn(language.starts, operation._name) && language.starts[operation._name]
  if (special) {
    const begun = special(context, operation)
    return 'value' in begun ? begun : fresh(begun.entity, begun.rows)
  }
  const [, verb, kind = ''] = /^(list|get)(\w+)$/.exec(operation._name) ?? []
  const entity = Object.hasOwn(language.entities, kind) ? language.entities[kind] : undefined
  if (verb === 'list' && entity?.list) return fresh(entity, entity.list(context))
  if (verb === 'get' && entity?.get) {
    const found = entity.get(context, String(operation.idOrName ?? ''))
    return fresh(entity, found ? [found] : [])
  }
  const names = Object.entries(language.entities).flatMap(([name, known]) => [
    ...(known.list ? [`list${name}`] : []),
    ...(known.get ? [`get${name}`] : []),
  ])
  throw unknownOperation(operation._name, [...names, ...Object.keys(language.starts)])
}

function advance(run: Run, progress: Progress, operation: Operation): Progress {
  const { _name, ...operands } = operation
  switch (_name) {
    case 'filter':
      return filter(run, progress, operands)
    case 'sort':
      return { ...progress, selection: { ...progress.selection, sort: readSort(run, progress, operands) } }
    case 'page':
      return page(run, progress, operands)
    default:
      return step(run, progress, operation)
  }
}

function filter({ context, language }: Run, progress: Progress, operands: Operands): Progress {
  const { entity, selection } = progress
  const parsed = language.parseFilter(operands, context)
  const predicate = compileFilter(parsed, (name) => entity.field(context, name), entity.name)
  return { ...progress, selection: narrow(selection, predicate, boundsOf(parsed)) }
}

function readSort({ context, language }: Run, { entity }: Progress, { _fields }: Operands): SortKey[] {
  if (!Array.isArray(_fields)) throw badRequest('sort expects _fields')
  return _fields.flatMap((item: unknown) => {
    const keys = language.readSortKey(item)
    if (!keys) throw badRequest('sort expects fields with a direction')
    return keys.map(([name, direction]): SortKey => {
      const field = entity.field(context, name)
      if (!field) throw badRequest(`Property ${name} for type ${entity.name} not found`)
      if (direction !== 'asc' && direction !== 'desc')
        throw badRequest(`Unknown sort direction ${String(direction)}`)
      return { name, field, descending: direction === 'desc' }
    })
  })
}

/** `from` inclusive, `to` exclusive. */
function page({ language }: Run, progress: Progress, { from, to, extraData }: Operands): Progress {
  if (!Number.isInteger(from) || !Number.isInteger(to)) throw badRequest('page expects from and to')
  const extra = Array.isArray(extraData) ? extraData.map(String) : []
  const wantsTotal = extra.includes('total')
  const rows = rowsOf(progress.selection, wantsTotal ? undefined : (to as number))
  return {
    ...progress,
    selection: select(rows.slice(from as number, to as number)),
    extra: extra.filter((key) => key !== 'total'),
    total: wantsTotal ? language.total(rows.length) : undefined,
  }
}

function step({ context, language }: Run, progress: Progress, operation: Operation): Progress {
  const name = operation._name
  const { entity, selection } = progress
  const steps: Record<string, Step> = { ...language.steps, ...entity.steps }
  const found = Object.hasOwn(steps, name) ? steps[name] : undefined
  if (!found || (found.since !== undefined && !context.server.atLeast(found.since))) {
    const names = ['filter', 'sort', 'page', ...Object.keys(language.ends), ...Object.keys(steps)]
    throw unknownOperation(name, names)
  }
  return fresh(found.to(), found.rows(context, rowsOf(selection), operation))
}
