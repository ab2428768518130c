import type { Catalog } from '#shared/model/catalog.ts'
import type { Session } from '#shared/model/session.ts'
import { localCatalog } from '#main/services/local-workspace.ts'
import type { Generation } from './hive-state.ts'

const why = 'Not on this server.'

/** What each generation lets an analyst do. */
export function sessionOf(generation: Generation, login: string): Session {
  const five = { markRead: why, audit: why }
  const four = {
    status: why,
    assignee: why,
    summary: why,
    externalLink: why,
    attachment: why,
    unlinkAlert: why,
  }
  return {
    ...{ flavour: generation === 'five' ? 'thehive5' : 'thehive4', version: '5.5.6', login },
    ...{ userName: login, organisation: 'soc', organisations: ['soc'], permissions: [] },
    capabilities: {
      cannot: generation === 'five' ? five : four,
      tlps: ['clear', 'green', 'amber', 'red'],
      mergeLimit: 50,
    },
  } as Session
}

const catalogs: Record<Generation, Catalog> = {
  five: localCatalog(),
  four: {
    ...localCatalog(),
    alertStatuses: [
      ...localCatalog().alertStatuses,
      { value: 'Updated', stage: 'New', order: 9, hidden: false },
    ],
  },
}
export const catalogOf = (generation: Generation): Catalog => catalogs[generation]
