import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openFiles } from './analyst/files.ts'
import type { Files } from './analyst/files.ts'
import { runScript } from './run-script.ts'
import type { Script } from './script.ts'
import type { Finding } from './ledger/findings.ts'

/** A history that once went wrong: what it was about, and its shortest script. */
export type Kept = { title: string; script: Script }

const folder = join(import.meta.dirname, '../corpus')

export const corpus = (): Kept[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Kept)

/** Runs them all again; answers what went wrong, by title. */
export async function replayCorpus(): Promise<{
  runs: number
  wrong: { title: string; finding: Finding }[]
}> {
  const files: Files[] = []
  const kept = corpus()
  const wrong = []
  for (const { title, script } of kept) {
    const { findings } = await runScript(script, (index) => (files[index] ??= openFiles()))
    for (const finding of findings.slice(0, 1)) wrong.push({ title, finding })
  }
  for (const one of files) one.close()
  return { runs: kept.length, wrong }
}
