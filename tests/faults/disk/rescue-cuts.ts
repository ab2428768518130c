import { Buffer } from 'node:buffer'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openOutbox } from '#main/store/outbox-store.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import { breakPages, pagesOf } from '#tests/support/store/break-file.ts'
import type { Session, Verdict } from './cut-power.ts'
import { outboxScript, runStep } from './outbox-script.ts'
import { contentOf } from './outbox-states.ts'
import { proofKey, withFolderSync } from './proof-folder.ts'

const open = (folder: string) => openOutbox({ folder, keyHex: proofKey, care: 'disposable' })

/** Opening an outbox with a broken page, which rescues what can be read, and backing it up. */
export function rescueCuts({ seed, states }: { seed: number; states: number }): Session {
  // Every new file has a salt of its own: the damaged one is the one that was prepared last.
  let damaged = Buffer.alloc(0)
  const prepare = (folder: string): void => {
    let outbox = open(folder)
    for (const step of outboxScript(seed, 60))
      outbox = runStep(step, outbox, () => open(folder)) as typeof outbox
    outbox.close()
    breakPages(outboxPath(folder), Math.floor(pagesOf(outboxPath(folder)) / 2))
    damaged = readFileSync(outboxPath(folder))
  }
  const rescued = withFolderSync((folder) => {
    prepare(folder)
    return read(folder)
  })
  return {
    ...{ name: 'outbox, rescued', seed, states, prepare },
    script: 'outbox-session.ts',
    args: [String(seed), '0'],
    check: (folder) => verdict(folder, rescued, damaged),
  }
}

function read(folder: string): string {
  const outbox = open(folder)
  try {
    return contentOf(outbox)
  } finally {
    outbox.close()
  }
}

/** However far the rescue came: the next opening has the same rows, and the damaged file is kept as it was. */
function verdict(folder: string, rescued: string, damaged: Buffer): Verdict {
  try {
    if (read(folder) !== rescued) return { lost: true, what: 'not the rows that a whole rescue gives' }
  } catch (thrown) {
    return { lost: false, what: `it does not open: ${String(thrown)}` }
  }
  const kept = readdirSync(folder).filter(
    (name) => name.startsWith('outbox.damaged-') && name.endsWith('.sqlite'),
  )
  return kept.some((name) => readFileSync(join(folder, name)).equals(damaged))
    ? undefined
    : { lost: false, what: 'the damaged file is not kept' }
}
