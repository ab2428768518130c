import { callNames } from '#shared/contract/contract.ts'
import type { CoreCall } from './messages.ts'

const answeredInMain =
  /^(app|vault|profiles)\.|^(observables|attachments|strays)\.save$|^outbox\.export(Receipts)?$/

/** The names behind {@link CoreCall}: everything that needs an open profile. */
export const coreCalls = callNames.filter((name): name is CoreCall => !answeredInMain.test(name))
