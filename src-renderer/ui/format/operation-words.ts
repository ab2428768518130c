import type { OperationView } from '#shared/model/operation-view.ts'
import { untilAnalyst } from '#shared/model/operation.ts'
import { longAge, until } from './age.ts'

export type OperationWords = { text: string; tone: 'quiet' | 'held' | 'bad' | 'ok' }

/** Where a decision stands, in words. */
export function operationWords(operation: OperationView, now: number): OperationWords {
  switch (operation.state) {
    case 'held':
      if (operation.carried?.role === 'exported')
        return {
          text: `${carriedWords(operation, now)}; resume to send it from here after all`,
          tone: 'held',
        }
      return operation.notBefore === untilAnalyst
        ? { text: 'on hold until you send it', tone: 'held' }
        : { text: `can be undone; its turn comes ${until(operation.notBefore, now)}`, tone: 'quiet' }
    case 'ready':
      return { text: 'waits for the connection', tone: 'quiet' }
    case 'sending':
      return { text: 'being sent', tone: 'quiet' }
    case 'retry-at':
      return {
        text: `tried ${times(operation.attempts)}, next try ${until(operation.notBefore, now)}`,
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

const times = (attempts: number) => (attempts === 1 ? 'once' : `${attempts} times`)

/** States that wait for the analyst, not for the network. */
export function needsAnalyst(operation: OperationView): boolean {
  return operation.state === 'conflict' || operation.state === 'rejected' || operation.state === 'cannot-tell'
}
