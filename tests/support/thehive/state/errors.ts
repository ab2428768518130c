/** A refusal as TheHive words it: the HTTP status and the `type` and `message` of its body. */
export class HiveError extends Error {
  readonly status: number
  readonly type: string
  /** What the body says besides; an undefined `message` leaves the message out. */
  readonly details: Readonly<Record<string, unknown>>

  constructor(status: number, type: string, message: string, details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'HiveError'
    this.status = status
    this.type = type
    this.details = details
  }
}

/** A request that no rule has seen yet: not the JSON it says it is, or too long. TheHive 3 answers in plain text. */
export class UnreadableRequest extends HiveError {}

export const badRequest = (message: string) => new HiveError(400, 'BadRequest', message)
export const createError = (message: string) => new HiveError(400, 'CreateError', message)
export const notFound = (message: string) => new HiveError(404, 'NotFoundError', message)
export const forbidden = (message = 'Operation not permitted') =>
  new HiveError(403, 'AuthorizationError', message)
export const unauthenticated = () => new HiveError(401, 'AuthenticationError', 'Authentication failure')
