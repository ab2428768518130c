import { ForagerError } from '#shared/errors/forager-error.ts'

/** The work's own end, or a `timeout` error after `ms`. The work is not stopped: only the waiting is. */
export async function withTimeout<T>(name: string, ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const seconds = Math.round(ms / 100) / 10
      reject(
        new ForagerError('timeout', `Forager did not finish within ${seconds} s`, {
          did: 'It goes on in the background; nothing has been lost.',
          next: 'Look again in a moment.',
          details: { call: name, timeoutMs: ms },
        }),
      )
    }, ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
