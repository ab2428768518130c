import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Script } from '../simulation/script.ts'
import type { Planted } from './planted.ts'

const root = join(import.meta.dirname, '../../..')
/** What the simulation needs of the tree. */
const parts = [
  ...['package.json', 'src-main', 'src-shared', 'tests/faults/simulation'],
  ...['tests/support/alerts/random.ts'],
]

/** What noticed a defect, in words; undefined: nothing did. */
export type Caught = string | undefined

/** A copy of the program, in which one defect at a time is planted: the program itself knows nothing of it. */
export function mutantTree() {
  const folder = mkdtempSync(join(tmpdir(), 'forager-mutants-'))
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return {
    /** Runs its histories until one goes wrong. @throws when the defect no longer fits the source */
    async plant({ name, file, from, to, scripts }: Planted): Promise<Caught> {
      const path = join(folder, file)
      const source = readFileSync(path, 'utf8')
      if (!source.includes(from)) throw new Error(`The defect “${name}” does not fit ${file} any more.`)
      writeFileSync(
        path,
        source.replaceAll(from, () => to),
      )
      try {
        return await firstFinding(folder, scripts)
      } finally {
        writeFileSync(path, source)
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Longer than all its histories take, unless one of them never ends: that is noticed too. */
const longestMs = 240_000

async function firstFinding(folder: string, scripts: readonly Script[]): Promise<Caught> {
  const main = join(folder, 'tests/faults/simulation/mutant-main.ts')
  const told = join(folder, 'scripts.json')
  writeFileSync(told, JSON.stringify(scripts))
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [main, told], {
      ...{ timeout: longestMs, cwd: folder },
      // What Node compiled for one defect, the next finds: all but one file are the same.
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    })
    if (stdout.trim() === '') return undefined
    const { kind, what } = JSON.parse(stdout) as { kind: string; what: string }
    return `${kind} (${what.slice(0, 120)})`
  } catch (thrown) {
    const { stderr = '', killed = false } = thrown as { stderr?: string; killed?: boolean }
    if (killed) return 'a history that does not end'
    return `a refusal to run (${/^Error: .*/m.exec(stderr)?.[0] ?? stderr.slice(-200)})`
  }
}
