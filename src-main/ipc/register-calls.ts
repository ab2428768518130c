import { callChannel } from '#shared/contract/envelope.ts'
import type { Reply } from '#shared/contract/envelope.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Logger } from '../platform/logger.ts'
import { answerCall } from './answer-call.ts'
import { createCallsInFlight } from './calls-in-flight.ts'
import type { Handlers } from './handlers.ts'
import { answerChannel } from './raw-ipc-main.ts'
import type { Sender } from './raw-ipc-main.ts'

export type RegisterOptions = {
  /** The web contents that may speak; others are refused whatever their address. */
  isKnownContents: (contentsId: number) => boolean
  /** Whether an address is the app's own page. */
  isAppUrl: (address: string) => boolean
  checkOutputs: boolean
  log: Logger
}

export interface RegisteredCalls {
  /** Refuses new calls from now on. */
  refuseNew(): void
  /** Waits for the running ones. */
  drain(): Promise<void>
  unregister(): void
}

/** The only way to answer the page: checks the sender, parses, applies the time limit, and turns errors into data. */
export function registerCalls(handlers: Handlers, options: RegisterOptions): RegisteredCalls {
  const inFlight = createCallsInFlight()
  const answer = async (sender: Sender, message: unknown): Promise<Reply> => {
    try {
      checkSender(sender, options)
      return { ok: true, value: await answerCall(message, { ...options, handlers, inFlight }) }
    } catch (thrown) {
      const error = toErrorData(thrown)
      logFailure(options.log, error.kind, thrown)
      return { ok: false, error }
    }
  }
  const unregister = answerChannel(callChannel, answer)
  return { refuseNew: inFlight.refuseNew, drain: inFlight.drain, unregister }
}

/** Electron checklist 17: the app's own page, in a window we opened, in its main frame. */
function checkSender(sender: Sender, { isKnownContents, isAppUrl }: RegisterOptions): void {
  if (isKnownContents(sender.contentsId) && sender.isMainFrame && isAppUrl(sender.url)) return
  throw new ForagerError('forbidden', 'Only Forager’s own window may ask')
}

function logFailure(log: Logger, kind: string, thrown: unknown): void {
  if (kind === 'bug') log.error('A call failed in a way nobody foresaw', { error: thrown })
  else if (kind === 'forbidden') log.warn('Refused a call', { error: thrown })
  else log.info('A call failed', { kind })
}
