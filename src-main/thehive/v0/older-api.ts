import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Api } from '../api.ts'

/** A TheHive that is spoken to over `/api`: 3, or 4 for what its v1 API does not have. */
export type OlderApi = Api & { flavour: 'thehive3' | 'thehive4' }

/** What this generation lacks: refused here, no request leaves. The capabilities have said so beforehand. */
export function lacks(what: string): ForagerError {
  return new ForagerError('rejected', what, { did: 'Nothing was sent.', details: { sent: false } })
}

const names = { thehive3: 'TheHive 3', thehive4: 'TheHive 4' } as const

export const nameOf = ({ flavour }: Pick<OlderApi, 'flavour'>): string => names[flavour]
