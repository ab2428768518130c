import { NoAnswer } from './keychain-causes.ts'

/**
 * The work's result, or {@link NoAnswer} after `ms`, or once the signal ends the wait. The work itself cannot be stopped; its
 * late result is ignored.
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, signal?: AbortSignal): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new NoAnswer(`no answer within ${ms} ms`)), ms)
  const leave = () => late.reject(new NoAnswer('no answer before Forager was closed'))
  if (signal?.aborted === true) leave()
  signal?.addEventListener('abort', leave)
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', leave)
  }
}
