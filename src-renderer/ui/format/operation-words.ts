import { isOfProxy } from '#shared/errors/refusal.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import { longAge, until } from './age.ts'

export type OperationWords = { text: string; tone: 'quiet' | 'held' | 'bad' | 'ok' }

/** The line to the server, as far as it decides when anything is sent. */
export type Line = Pick<SyncStatus, 'connection' | 'problem'>

/** Where a decision stands, in words; `line` is undefined while nothing is known of it. */
export function operationWords(operation: OperationView, now: number, line?: Line): OperationWords {
  switch (operation.state) {
    case 'held':
      if (operation.carried?.role === 'exported')
        return {
          text: `${carriedWords(operation, now)}; resume to send it from here after all`,
          tone: 'held',
        }
      return operation.notBefore === untilAnalyst
        ? { text: 'on hold until you send it', tone: 'held' }
        : { text: `can be undone; ${nextWords(operation, now, line)}`, tone: 'quiet' }
    case 'ready':
      return { text: nextWords(operation, now, line), tone: 'quiet' }
    case 'sending':
      return { text: 'being sent', tone: 'quiet' }
    case 'retry-at':
      return {
        text: `tried ${times(operation.attempts)}, ${againWords(operation, now, line)}`,
        tone: 'quiet',
      }
    case 'blocked':
      return { text: 'waits for an earlier decision', tone: 'quiet' }
    case 'conflict':
      return { text: 'a colleague changed the same thing: choose', tone: 'bad' }
    case 'rejected':
      return {
        text: operation.gone ? 'what it was about is gone: choose' : 'the server said no',
        tone: 'bad',
      }
    case 'cannot-tell':
      return { text: 'may have happened already: only you can tell', tone: 'bad' }
    case 'sent':
      return { text: operation.receipt?.alreadyThere ? 'was already on the server' : 'sent', tone: 'ok' }
  }
}

/** What became of it on other machines, in words; undefined when it never was in a file. */
export function carriedWords({ carried }: OperationView, now: number): string | undefined {
  if (carried === undefined) return undefined
  switch (carried.role) {
    case 'exported':
      return `exported to a file ${longAge(carried.at, now)}`
    case 'resumed':
      return `resumed here after it was exported`
    case 'imported':
      return `came with a file ${longAge(carried.at, now)}`
  }
}

/** What keeps everything back, whatever its time; undefined while the server can be asked. */
function keptBackWords(line: Line | undefined): string | undefined {
  switch (line?.connection) {
    case 'online':
    case 'local':
      return undefined
    case 'working-offline':
      return 'waits until Forager works online again'
    case 'refused':
      return `waits until the ${isOfProxy(line.problem) ? 'proxy' : 'server'} accepts this account again`
    case 'offline':
      return line.problem?.kind === 'rate-limited'
        ? 'waits for the end of the pause the server asked for'
        : 'waits for the connection'
    case 'connecting':
    case undefined:
      return 'waits for the connection'
  }
}

const nextWords = ({ notBefore }: OperationView, now: number, line: Line | undefined): string =>
  keptBackWords(line) ??
  (notBefore > now ? `its turn comes ${until(notBefore, now)}` : 'it is next to be sent')

const againWords = ({ notBefore }: OperationView, now: number, line: Line | undefined): string =>
  keptBackWords(line) ?? `next try ${until(notBefore, now)}`

const times = (attempts: number) => (attempts === 1 ? 'once' : `${attempts} times`)

/** States that wait for the analyst, not for the network. */
export function needsAnalyst(operation: OperationView): boolean {
  return operation.state === 'conflict' || operation.state === 'rejected' || operation.state === 'cannot-tell'
}
