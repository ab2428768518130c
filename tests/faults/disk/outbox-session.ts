/**
 * A process that runs one scripted session on the outbox of FOLDER and says `ACK n` once step n is on the disk, `ERR n JSON` when it was
 * refused; a refused step is tried again, as often as TRIES says. `node outbox-session.ts FOLDER SEED LENGTH TRIES [SETTING=VALUE …]`:
 * a setting replaces what the product asks of SQLite, so that a proof can be shown to fail.
 */
import { openOutbox } from '#main/store/outbox-store.ts'
import type { OutboxStore } from '#main/store/ports.ts'
import { proofKey } from './proof-folder.ts'
import { outboxScript, runStep } from './outbox-script.ts'
import { replaceSettings } from './replace-settings.ts'
import { insistent, say } from './session-steps.ts'

const [folder = '', seed, length, tries, ...settings] = process.argv.slice(2)
replaceSettings(settings)
const insist = insistent(Number(tries))

const open = (): OutboxStore => openOutbox({ folder, keyHex: proofKey, care: 'disposable' })
let outbox: OutboxStore | undefined

insist(0, () => {
  outbox = open()
})
for (const [n, step] of outboxScript(Number(seed), Number(length)).entries())
  insist(n + 1, () => {
    outbox ??= open()
    if (step.do === 'reopen') {
      const closing = outbox
      outbox = undefined
      closing.close()
      outbox = open()
    } else runStep(step, outbox, open)
  })
outbox?.close()
say('END')
