import { readFileSync } from 'node:fs'
import { openFiles } from './analyst/files.ts'
import type { Files } from './analyst/files.ts'
import { runScript } from './run-script.ts'
import type { Script } from './script.ts'

/** `node mutant-main.ts FILE`: the scripts of a file until one goes wrong, told in one line of JSON. Run where a defect is planted. */
const scripts = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Script[]
const files: Files[] = []
for (const script of scripts) {
  const { findings } = await runScript(script, (index) => (files[index] ??= openFiles()))
  const [finding] = findings
  if (finding === undefined) continue
  console.log(JSON.stringify(finding))
  break
}
for (const one of files) one.close()
