import { badRequest, createError } from '../state/errors.ts'
import type {
  CaseTemplate,
  CustomFieldDefinition,
  ListView,
  ObservableType,
  Stamps,
  StatusDefinition,
} from '../state/types.ts'
import { dropUndefined } from './alerts.ts'
import { auditDefinition } from './audits.ts'
import { requirePermission, type Context } from './context.ts'

type Plain<D> = Omit<D, keyof Stamps | 'kind'>
type Definition = { id: string; kind: 'definition' } & Stamps

/** One sort of definition: where it is kept, what it is called, who may change it. */
export type Shelf<D extends Definition> = {
  name: string
  permission: string | undefined
  all: (context: Context) => D[]
  /** What no two of them share. */
  key: (definition: Plain<D>) => string
  /** Throws when the definition is still needed. */
  checkUnused?: ((context: Context, definition: D) => void) | undefined
}

export const statusShelf = (kind: 'alert' | 'case'): Shelf<StatusDefinition> => ({
  name: kind === 'alert' ? 'AlertStatus' : 'CaseStatus',
  permission: 'managePlatform',
  all: ({ state }) => (kind === 'alert' ? state.alertStatuses : state.caseStatuses),
  key: ({ value }) => value,
  checkUnused: ({ state }, { value }) => {
    for (const space of state.spaces.values()) {
      const rows = kind === 'alert' ? space.alerts.created.rows : space.cases.created.rows
      if (rows.some(({ status }) => status === value)) throw badRequest(`Status ${value} is in use`)
    }
  },
})

export const customFieldShelf: Shelf<CustomFieldDefinition> = {
  name: 'CustomField',
  permission: 'manageCustomField',
  all: ({ state }) => state.customFields,
  key: ({ name }) => name,
}

export const templateShelf: Shelf<CaseTemplate> = {
  name: 'CaseTemplate',
  permission: 'manageCaseTemplate',
  all: ({ state }) => state.caseTemplates,
  key: ({ name }) => name,
}

export const observableTypeShelf: Shelf<ObservableType> = {
  name: 'ObservableType',
  permission: 'manageObservableTemplate',
  all: ({ state }) => state.observableTypes,
  key: ({ name }) => name,
}

export const viewShelf: Shelf<ListView> = {
  name: 'ListView',
  permission: undefined,
  all: ({ state }) => state.views,
  key: ({ organisation, entity, name }) => `${organisation} ${entity} ${name}`,
}

function allow<D extends Definition>(context: Context, { permission }: Shelf<D>): void {
  if (permission !== undefined) requirePermission(context, permission)
}

function refuseSecond<D extends Definition>(
  context: Context,
  shelf: Shelf<D>,
  wanted: Plain<D> & { id?: string },
) {
  const twin = shelf.all(context).find((known) => shelf.key(known) === shelf.key(wanted))
  if (twin && twin.id !== wanted.id) throw createError(`${shelf.name} ${shelf.key(wanted)} already exists`)
}

export function addDefinition<D extends Definition>(context: Context, shelf: Shelf<D>, plain: Plain<D>): D {
  allow(context, shelf)
  refuseSecond(context, shelf, plain)
  const stamps = context.state.stamps(context.actor.user.login)
  // The two parts make up the whole; the compiler cannot add up generic ones.
  const definition = { ...stamps, kind: 'definition', ...plain } as unknown as D
  shelf.all(context).push(definition)
  auditDefinition(context, 'create', { id: definition.id, name: shelf.name })
  context.effect(`create ${shelf.name} ${shelf.key(plain)}`)
  return definition
}

export function changeDefinition<D extends Definition>(
  context: Context,
  shelf: Shelf<D>,
  { definition, patch }: { definition: D; patch: Partial<Plain<D>> },
): void {
  allow(context, shelf)
  const changes = dropUndefined(patch)
  refuseSecond(context, shelf, { ...definition, ...changes })
  Object.assign(definition, changes)
  definition.updatedAt = context.state.clock.now()
  definition.updatedBy = context.actor.user.login
  definition.revision++
  auditDefinition(context, 'update', { id: definition.id, name: shelf.name })
  context.effect(`update ${shelf.name} ${shelf.key(definition)}`)
}

export function removeDefinition<D extends Definition>(
  context: Context,
  shelf: Shelf<D>,
  definition: D,
): void {
  allow(context, shelf)
  shelf.checkUnused?.(context, definition)
  const all = shelf.all(context)
  all.splice(all.indexOf(definition), 1)
  auditDefinition(context, 'delete', { id: definition.id, name: shelf.name })
  context.effect(`delete ${shelf.name} ${shelf.key(definition)}`)
}
