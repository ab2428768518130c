import type { LeftOut } from './api.ts'
import type { SessionOptions } from './session.ts'

export type ServerOptions = SessionOptions & {
  /** Hears of every row of a plain list that could not be read; pages set theirs aside themselves. */
  leftOut?: ((row: LeftOut) => void) | undefined
}
