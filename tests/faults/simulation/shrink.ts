import type { FindingKind } from './ledger/findings.ts'
import type { Told } from './run-script.ts'
import type { Script } from './script.ts'

type Tried = (script: Script) => Promise<Told>

/** Fewer steps that still go wrong in the same way: halves first, then one by one, until nothing can be left out. */
export async function shrink(script: Script, kind: FindingKind, run: Tried): Promise<Script> {
  const fails = async (steps: Script['steps']) =>
    (await run({ ...script, steps })).findings.some((one) => one.kind === kind)
  let { steps } = script
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = steps.length - size; at > -size; at -= size) {
      const from = Math.max(0, at)
      const fewer = [...steps.slice(0, from), ...steps.slice(from + size)]
      if (fewer.length < steps.length && (await fails(fewer))) steps = fewer
    }
  }
  return { ...script, steps }
}
