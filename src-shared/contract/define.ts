import type { z } from 'zod'

/** Bumped when an old preload and a new main could misunderstand each other. */
export const protocolVersion = 1

/** One request/response: both sides' types are inferred from these two schemas. */
export type CallDefinition<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  readonly input: I
  readonly output: O
  /** A broken boundary is a timeout and an error, never a hang. */
  readonly timeoutMs: number
}

/** What is done on this machine alone. */
export const localTimeoutMs = 15_000

/** Declares one call of the contract. `timeoutMs` defaults to {@link localTimeoutMs}: no view waits for the network. */
export function call<I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  options: { timeoutMs?: number } = {},
): CallDefinition<I, O> {
  return { input, output, timeoutMs: options.timeoutMs ?? localTimeoutMs }
}

/** Hashing, encrypting or writing a very large file is the one local call that may take long. */
export const fileTimeoutMs = 600_000

/** Calls that wait for a server answer on purpose (connect, test). */
export const networkTimeoutMs = 60_000

/** How long the system's keychain may take for one question: long enough for somebody to type the keyring's password. */
export const keychainTimeoutMs = 60_000

/**
 * Longer than a call may take that asks the keychain so often, one question after the other, and `besidesMs` for all else: told
 * as late while it still works, it would be done unseen. The look for a keychain at the start may have to end first.
 */
export const keychainLimit = (questions: number, besidesMs: number): { timeoutMs: number } => ({
  timeoutMs: (1 + questions) * keychainTimeoutMs + besidesMs,
})

/** Joins domains into one map; two domains claiming one name is a mistake of the build. */
export function mergeDomains<T extends Record<string, unknown>[]>(...domains: T): Joined<T> {
  const joined: Record<string, unknown> = {}
  for (const domain of domains)
    for (const [name, definition] of Object.entries(domain)) {
      if (name in joined) throw new Error(`The contract names ${name} twice`)
      joined[name] = definition
    }
  return joined as Joined<T>
}

type Joined<T extends unknown[]> = T extends [infer Head, ...infer Tail] ? Head & Joined<Tail> : object
