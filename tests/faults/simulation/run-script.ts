import { Analyst } from './analyst/analyst.ts'
import type { Files } from './analyst/files.ts'
import type { Stage } from './attempt.ts'
import { seedAlert } from './colleague.ts'
import { addComment, addValue } from './hive/child-writes.ts'
import { createCase } from './hive/alert-writes.ts'
import { HiveState } from './hive/hive-state.ts'
import type { Finding } from './ledger/findings.ts'
import { Ledger } from './ledger/ledger.ts'
import { perform } from './perform.ts'
import type { Script } from './script.ts'
import { compare, settle } from './settle.ts'
import { World } from './world.ts'

export type Told = { findings: Finding[]; races: number; decisions: number; kinds: Set<string> }

/** One history from its script, on these files: what was found wrong, and what was in it. */
export async function runScript(script: Script, filesOf: (index: number) => Files): Promise<Told> {
  const world = new World(script.seed)
  const hive = new HiveState(world, script)
  const ledger = new Ledger(hive)
  arrange(hive)
  const analysts = Array.from({ length: script.analysts }, (_, index) => {
    const files = filesOf(index)
    files.reset()
    if (script.filled) files.cache().saveMarks({ fill: 'done', state: {} })
    return new Analyst({ hive, ledger, files, login: `ana-${index}`, visible: script.hidden !== true })
  })
  const stage: Stage = { hive, ledger, analysts }
  for (const analyst of analysts) analyst.start()
  await world.pass(world.random.below(3_000))
  for (const step of script.steps) {
    await perform(step, stage)
    if (ledger.findings.length > 0) break
  }
  if (ledger.findings.length === 0) await settle(stage)
  if (ledger.findings.length === 0) await compare(stage)
  for (const analyst of analysts) analyst.kill()
  world.end()
  const entries = analysts.flatMap(({ account }) => [...account.entries.values()])
  const kinds = new Set(entries.map(({ operation }) => operation.kind as string))
  return { findings: ledger.findings, races: ledger.races, decisions: entries.length, kinds }
}

/** A small queue: what is on it is written long before anybody looks. */
function arrange(hive: HiveState): void {
  const marks = { tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false } as const
  for (const n of [1, 2, 3]) {
    const alertId = seedAlert(hive, 'feed', `seed-${n}`)
    const value = { dataType: 'ip', data: `203.0.113.${n}` }
    addValue(hive, 'web-0', { alertId, value, marks: { ...marks, tags: [] } })
    addComment(hive, 'ana-0', alertId, 'an old word')
  }
  const plain = { description: '', severity: 2, tlp: 'amber', pap: 'amber', tags: [] as string[] } as const
  createCase(hive, 'web-0', { ...plain, tags: [], title: 'An open case' })
  hive.world.jump(3_600_000)
}
