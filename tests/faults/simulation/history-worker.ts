import { parentPort, workerData } from 'node:worker_threads'
import { openFiles } from './analyst/files.ts'
import type { Files } from './analyst/files.ts'
import type { Finding } from './ledger/findings.ts'
import { runScript } from './run-script.ts'
import { scriptOf } from './script.ts'
import type { Script } from './script.ts'
import { shrink } from './shrink.ts'

/** Seeds from, from + stride, … below `to`. */
export type Share = { from: number; to: number; stride: number }

/** What a worker tells: how far it is; a history that went wrong, shrunk; its end. */
export type Word =
  | { done: number; decisions: number; races: number; kinds: string[] }
  | { script: Script; finding: Finding; steps: number }

const toldEvery = 50

if (parentPort !== null) await runShare(workerData as Share, (word) => parentPort?.postMessage(word))

export async function runShare(share: Share, tell: (word: Word) => void): Promise<void> {
  const files: Files[] = []
  const run = (script: Script) => runScript(script, (index) => (files[index] ??= openFiles()))
  let sum = { done: 0, decisions: 0, races: 0, kinds: new Set<string>() }
  const tellSum = () => {
    tell({ ...sum, kinds: [...sum.kinds] })
    sum = { done: 0, decisions: 0, races: 0, kinds: new Set() }
  }
  for (let seed = share.from; seed < share.to; seed += share.stride) {
    const script = scriptOf(seed)
    const told = await run(script)
    sum.done += 1
    sum.decisions += told.decisions
    sum.races += told.races
    for (const kind of told.kinds) sum.kinds.add(kind)
    const [finding] = told.findings
    if (finding !== undefined) {
      const short = await shrink(script, finding.kind, run)
      const [still = finding] = (await run(short)).findings
      tell({ script: short, finding: still, steps: script.steps.length })
    }
    if (sum.done >= toldEvery) tellSum()
  }
  tellSum()
  for (const one of files) one.close()
}
