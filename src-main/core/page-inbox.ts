import type { MessagePort } from 'node:worker_threads'
import { fromErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ReadyPage, SentPage } from './page-thread.ts'

/** A page read ahead and never stored, because pulling stopped there, makes room for later ones. */
const mostWaiting = 4

type Wanted = { resolve: (page: ReadyPage) => void; reject: (error: Error) => void }

/** Pages that another thread made ready, until they are taken by their token; each once. */
export function pageInbox(port: Pick<MessagePort, 'on'>) {
  const waiting = new Map<number, SentPage>()
  const wanted = new Map<number, Wanted>()
  let newest = 0
  let gone: ForagerError | undefined

  const give = (sent: SentPage, { resolve, reject }: Wanted) =>
    'page' in sent ? resolve(sent.page) : reject(fromErrorData(sent.error))

  port.on('message', (sent: SentPage) => {
    newest = sent.token
    const asked = wanted.get(sent.token)
    if (asked === undefined) waiting.set(sent.token, sent)
    else give(sent, asked)
    wanted.delete(sent.token)
    for (const token of [...waiting.keys()].slice(0, -mostWaiting)) waiting.delete(token)
  })
  port.on('close', () => {
    gone = new ForagerError('bug', 'The part of Forager that reads pages stopped.', {
      next: 'Close and reopen Forager.',
    })
    for (const { reject } of wanted.values()) reject(gone)
    wanted.clear()
  })

  return {
    /** Waits for a page that is still being made ready. Throws what went wrong with it. */
    take: (token: number): Promise<ReadyPage> =>
      new Promise((resolve, reject) => {
        const sent = waiting.get(token)
        waiting.delete(token)
        if (sent !== undefined) give(sent, { resolve, reject })
        else if (token <= newest) reject(new ForagerError('bug', 'A page was stored twice or given up.'))
        else if (gone !== undefined) reject(gone)
        else wanted.set(token, { resolve, reject })
      }),
  }
}
