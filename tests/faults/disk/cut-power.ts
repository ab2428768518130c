import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { seededRandom } from '#tests/support/alerts/random.ts'
import { withFolder } from './proof-folder.ts'
import { readTrace } from './read-trace.ts'
import type { DiskEvent } from './read-trace.ts'
import { SimulatedDisk } from './simulated-disk.ts'
import type { Cut } from './simulated-disk.ts'
import { record } from './strace.ts'

/** What a state left by a cut was found to be: nothing wrong is undefined. */
export type Verdict = { lost: boolean; what: string } | undefined

export type Session = {
  name: string
  script: string
  args: readonly string[]
  /** Makes the files that are there, and synced, before the session. */
  prepare: (folder: string) => void
  /** Opens what a cut left, as the product does. `acked` steps were acknowledged before it. */
  check: (folder: string, acked: number) => Verdict
  states: number
  seed: number
}

export type CutCounts = {
  states: number
  lost: number
  wrong: number
  events: number
  first: string | undefined
}

/** Records the session once; then cuts the power after as many of its calls as `states` allows, several times after each. */
export async function cutPower(session: Session): Promise<CutCounts> {
  return withFolder(async (folder) => {
    const work = join(folder, 'profile')
    const before = join(folder, 'before')
    session.prepare(work)
    cpSync(work, before, { recursive: true })
    const events = readTrace(await record(session.script, [work, ...session.args]), work)
    return replay(session, new SimulatedDisk(before), events)
  })
}

async function replay(
  session: Session,
  disk: SimulatedDisk,
  events: readonly DiskEvent[],
): Promise<CutCounts> {
  const random = seededRandom(session.seed)
  const counts: CutCounts = { states: 0, lost: 0, wrong: 0, events: 0, first: undefined }
  const changing = events.filter((event) => event.do !== 'said').length
  let acked = 0
  for (const event of events) {
    if (event.do === 'said' && event.line.startsWith('ACK ')) acked = Number(event.line.slice(4)) + 1
    if (!disk.apply(event)) continue
    counts.events++
    const due = Math.floor((session.states * counts.events) / changing)
    while (counts.states < due) {
      const cut = cuts[counts.states % cuts.length] ?? 'torn'
      const verdict = await withFolder((left) => {
        disk.leave(left, cut, random)
        return session.check(left, acked)
      })
      note(
        counts,
        verdict,
        `${session.name}, seed ${session.seed}, call ${counts.events}, ${cut}, ${acked} acknowledged`,
      )
    }
  }
  return counts
}

const cuts: readonly Cut[] = ['torn', 'synced-only', 'torn', 'all', 'torn']

function note(counts: CutCounts, verdict: Verdict, where: string): void {
  counts.states++
  if (verdict === undefined) return
  if (verdict.lost) counts.lost++
  else counts.wrong++
  counts.first ??= `${where}: ${verdict.what}`
}
