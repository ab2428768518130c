import type { FileCall, PlainCall } from '#shared/contract/api.ts'
import { contract } from '#shared/contract/contract.ts'
import type { CallInput, CallOutput } from '#shared/contract/contract.ts'
import { bridge } from './bridge.ts'
import { settle } from './settle.ts'

/** Asks main. Answers the call's output or throws a ForagerError; never hangs. */
export async function callForager<K extends PlainCall>(name: K, input: CallInput<K>): Promise<CallOutput<K>> {
  const ask = bridge().calls[name] as (input: CallInput<K>) => ReturnType<(typeof window.forager)['addFiles']>
  return (await settle(name, contract[name].timeoutMs, ask(input))) as CallOutput<K>
}

/** Hands dropped files over. The page never learns their paths. */
export async function addFiles(
  input: Omit<CallInput<FileCall>, 'paths'>,
  files: readonly File[],
): Promise<CallOutput<FileCall>> {
  const name: FileCall = 'triage.addFiles'
  const asked = bridge().addFiles(input, files)
  return (await settle(name, contract[name].timeoutMs, asked)) as CallOutput<FileCall>
}
