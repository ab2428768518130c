import type { CallName, CallOutput, ParsedInput } from '#shared/contract/contract.ts'

/** One function a call of the contract. Its input has been parsed; what it throws crosses as data. */
export type Handler<K extends CallName> = (input: ParsedInput<K>) => Promise<CallOutput<K>>

/** All of them: a call without a handler does not compile. */
export type Handlers = { readonly [K in CallName]: Handler<K> }
