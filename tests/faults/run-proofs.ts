import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { held } from './proof.ts'
import type { Proof, ProofOutcome, ProofSizes } from './proof.ts'

type Asked = {
  /** Parts of file names; empty: all. */
  names: readonly string[]
  /** Called as each proof starts. */
  told: (name: string) => void
  folder?: string
}

/** Every proof that was asked for, one after the other, each whatever became of the one before. */
export async function runProofs(
  { names, told, folder = join(import.meta.dirname, 'proofs') }: Asked,
  sizes: ProofSizes,
): Promise<{ all: ProofOutcome[]; passed: number; failed: number; skipped: number }> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && isAsked(file, names))
  if (files.length === 0) throw new Error(`No proof is named ${names.join(' or ')}.`)
  const all: ProofOutcome[] = []
  for (const file of files.sort()) {
    const { proof } = (await import(pathToFileURL(join(folder, file)).href)) as { proof: Proof }
    told(proof.name)
    all.push(await outcomeOf(proof, sizes))
  }
  const ran = all.filter((outcome) => !('notRun' in outcome))
  const passed = ran.filter(held).length
  return { all, passed, failed: ran.length - passed, skipped: all.length - ran.length }
}

const isAsked = (file: string, names: readonly string[]): boolean =>
  names.length === 0 || names.some((name) => file.includes(name))

async function outcomeOf(proof: Proof, sizes: ProofSizes): Promise<ProofOutcome> {
  const { name } = proof
  const notRun = proof.lacks?.()
  if (notRun !== undefined) return { name, notRun }
  const started = performance.now()
  const ms = () => performance.now() - started
  try {
    const result = await proof.run(sizes)
    return { name, ms: ms(), result }
  } catch (thrown) {
    return {
      name,
      ms: ms(),
      threw: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    }
  }
}
