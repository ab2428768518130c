import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import type { PageRequest, ReadPage } from '../domain/page.ts'
import type { Detection } from './detect.ts'
import type { PageContext } from './read-page.ts'
import * as four from './v0/four/page-reader.ts'
import * as three from './v0/three/page-reader.ts'
import * as five from './v1/page-reader.ts'

type Reader<T> = (bytes: Uint8Array, request: PageRequest, context: PageContext) => ReadPage<T>

/** What reading a page needs to know of the server; plain data, so that it can travel to another thread. */
export type PageServer = PageContext & { flavour: Detection['flavour'] }

/** How the pages of one flavour are read; pure, so that it can run in any thread. */
export type FlavourReaders = {
  alerts: Reader<Alert>
  observables: Reader<{ alertId: string; observable: Observable }>
}

const readers: Readonly<Record<Detection['flavour'], FlavourReaders>> = {
  thehive3: { alerts: three.readAlertPage, observables: three.readObservablePage },
  // TheHive 4 is asked for pages over v1.
  thehive4: { alerts: four.readAlertPage, observables: five.readObservablePage },
  thehive5: { alerts: five.readAlertPage, observables: five.readObservablePage },
}

export const pageReadersOf = (flavour: Detection['flavour']): FlavourReaders => readers[flavour]
