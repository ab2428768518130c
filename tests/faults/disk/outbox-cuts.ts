import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { openOutbox } from '#main/store/outbox-store.ts'
import type { OutboxStore } from '#main/store/ports.ts'
import { backupPath, outboxPath } from '#main/store/profile-files.ts'
import type { Session, Verdict } from './cut-power.ts'
import { outboxScript } from './outbox-script.ts'
import type { Step } from './outbox-script.ts'
import { contentOf, statesOf } from './outbox-states.ts'
import { proofKey, withFolderSync } from './proof-folder.ts'

type Wanted = { name: string; seed: number; length: number; states: number; settings?: readonly string[] }

/** A session on the outbox of a new profile. */
export function outboxCuts({ name, seed, length, states, settings = [] }: Wanted): Session {
  const steps = outboxScript(seed, length)
  const after = statesOf(steps)
  return {
    ...{ name, seed, states },
    script: 'outbox-session.ts',
    args: [String(seed), String(length), ...settings],
    prepare: (folder) => void mkdirSync(folder),
    check: (folder, acked) =>
      outboxVerdict(folder, after, acked) ?? backupVerdict(folder, { steps, after, acked }),
  }
}

const openHere = (folder: string) => openOutbox({ folder, keyHex: proofKey, care: 'disposable' })

/**
 * All acknowledged is there, and beyond it at most the step that was under way, whole. `acked` counts the opening as one:
 * after it and n steps, the outbox holds `after[n]`.
 */
function outboxVerdict(folder: string, after: readonly string[], acked: number): Verdict {
  const found = reading(folder)
  if (typeof found !== 'string') return { lost: false, what: found.what }
  const done = Math.max(acked - 1, 0)
  if (found === after[done] || found === after[done + 1]) return undefined
  const earlier = after.slice(0, done).lastIndexOf(found)
  if (earlier >= 0) return { lost: true, what: `it holds step ${earlier} of ${done} acknowledged ones` }
  return { lost: false, what: `it holds what no step left:\n${found.slice(0, 400)}` }
}

function reading(folder: string): string | { what: string } {
  let outbox: (OutboxStore & ReturnType<typeof openHere>) | undefined
  try {
    outbox = openHere(folder)
    const damage = outbox.damage()
    if (damage !== undefined && damage.recovered !== 'without-journal')
      return { what: `opening found damage: ${JSON.stringify(damage)}` }
    if (outbox.damaged().length > 0) return { what: 'a checksum is wrong' }
    return contentOf(outbox)
  } catch (thrown) {
    return { what: `it does not open: ${String(thrown)}` }
  } finally {
    outbox?.close()
  }
}

type Course = { steps: readonly Step[]; after: readonly string[]; acked: number }

/** The backup is the last one acknowledged or the one under way, whole; none only before the first. */
function backupVerdict(folder: string, { steps, after, acked }: Course): Verdict {
  const made = steps.flatMap((step, n) => (step.do === 'backup' ? [n + 1] : []))
  const last = made.filter((n) => n < acked).at(-1)
  const underWay = made.includes(acked) ? acked : undefined
  const allowed = [last, underWay].flatMap((n) => (n === undefined ? [] : [after[n]]))
  const path = backupPath(outboxPath(folder))
  if (!existsSync(path))
    return last === undefined ? undefined : { lost: false, what: `backup ${last} is gone` }
  const found = withFolderSync((copy) => {
    copyFileSync(path, outboxPath(copy))
    return reading(copy)
  })
  if (typeof found === 'string' && allowed.includes(found)) return undefined
  return {
    lost: false,
    what: `the backup is neither old nor new: ${typeof found === 'string' ? found.slice(0, 400) : found.what}`,
  }
}
