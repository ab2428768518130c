import type { Reply } from '#shared/contract/envelope.ts'
import { fromErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'

/** Main answers at its own limit; this much later the page stops believing that it will. */
const graceMs = 2_000

/** The reply's value, or its error thrown; `timeout` when main stays silent past its own limit. */
export async function settle(name: string, timeoutMs: number, asked: Promise<Reply>): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new ForagerError('timeout', 'Forager did not answer', { details: { call: name } })),
      timeoutMs + graceMs,
    )
  })
  try {
    const reply = await Promise.race([asked, silence])
    if (reply.ok) return reply.value
    throw fromErrorData(reply.error)
  } finally {
    clearTimeout(timer)
  }
}
