import { asForagerError, fromErrorData, toErrorData } from './convert.ts'
import { ForagerError } from './forager-error.ts'
import { isRefusal } from './refusal.ts'

const whole = 'The server took the decision; what followed could not be read.'
const part = 'A part of it may have been done. Forager asks the server before it sends anything again.'
const before = 'A part of it was done before that, and stays.'

/**
 * For what follows a write that took hold: whatever fails here, the decision itself may not be sent again blindly.
 * @throws ForagerError of unknown outcome, so that the server is asked first next time
 */
export const afterTaken = <T>(read: () => Promise<T>): Promise<T> => unknownIf(read, whole)

/** The same for what is sent after a part of the decision took hold; the server's no to the rest stays a no, and says so. */
export async function afterSome<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (thrown) {
    const error = asForagerError(thrown)
    if (isRefusal(error)) throw fromErrorData({ did: before, ...toErrorData(error) })
    return afterPart(() => Promise.reject(thrown as Error))
  }
}

/** The same, where a no may hide what was done before it. */
export const afterPart = <T>(send: () => Promise<T>): Promise<T> => unknownIf(send, part)

async function unknownIf<T>(act: () => Promise<T>, did: string): Promise<T> {
  try {
    return await act()
  } catch (thrown) {
    const error = asForagerError(thrown)
    const details = { ...error.details, sent: true }
    if (error.kind === 'cancelled')
      throw new ForagerError('cancelled', error.message, { details, cause: thrown })
    throw new ForagerError('server-error', error.message, { did, details, cause: thrown })
  }
}
