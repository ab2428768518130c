import type { Readable } from 'node:stream'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Specimen } from '../domain/specimen.ts'
import type { Home } from '../outbox-file/contents.ts'
import type { Driver } from '../sync/driver.ts'
import type { ServiceContext } from './context.ts'

/** The kept files of the open profile, as far as they travel. */
export type CarriedFiles = {
  specimen: (id: string) => Specimen | undefined
  /** Its own bytes; ends with an error unless all of them are as they were taken in. */
  open: (specimen: Specimen) => Readable
  /** Keeps a file of this name, encrypted; its record is not stored yet. */
  takeIn: (name: string, bytes: AsyncIterable<Uint8Array>) => Promise<Specimen>
  /** Forgets what was taken in and has no record. */
  discard: (ids: readonly string[]) => Promise<void>
}

/** What carrying an outbox to another machine, or from one, needs. */
export type CarryContext = ServiceContext & {
  driver: Pick<Driver, 'whileStill'>
  carriedFiles: CarriedFiles
  /** Undefined in a workspace without a server. */
  home: () => Home | undefined
}

/** @throws ForagerError `rejected` where there is no server */
export function mustHaveHome({ home }: Pick<CarryContext, 'home'>): Home {
  const found = home()
  if (found !== undefined) return found
  throw new ForagerError('rejected', 'This workspace has no server, so nothing waits in its outbox.', {
    did: 'Nothing was changed.',
    next: 'Open the connection that the outbox belongs to.',
  })
}
