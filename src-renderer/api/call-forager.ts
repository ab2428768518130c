import type { FileCall, FileCallInput, PlainCall } from '#shared/contract/api.ts'
import { contract } from '#shared/contract/contract.ts'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import { bridge } from './bridge.ts'
import { settle } from './settle.ts'

/** Asks main. Answers the call's output or throws a ForagerError; never hangs. */
export async function callForager<K extends PlainCall>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
  const ask = bridge().calls[name] as (
    input: CallInput<K>,
  ) => ReturnType<(typeof window.forager)['sendFiles']>
  return (await settle(name, contract[name].timeoutMs, ask(input))) as CallOutput<K>
}

/** Hands dropped or chosen files over with a call. The page never learns their paths. */
export async function sendFiles<K extends FileCall>(
  name: K,
  input: FileCallInput<K>,
  files: readonly File[],
): Promise<CallOutput<K>> {
  const asked = bridge().sendFiles(name, input, files)
  return (await settle(name, contract[name].timeoutMs, asked)) as CallOutput<K>
}
