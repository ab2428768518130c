/**
 * A process that runs one scripted session on the outbox of FOLDER and says `ACK n` once step n is on the disk; opening is step 0.
 * `node outbox-session.ts FOLDER SEED LENGTH [SETTING=VALUE …]`: see replace-settings.ts
 */
import { openOutbox } from '#main/store/outbox-store.ts'
import type { OutboxStore } from '#main/store/ports.ts'
import { outboxScript, runStep } from './outbox-script.ts'
import { proofKey } from './proof-folder.ts'
import { replaceSettings } from './replace-settings.ts'
import { say } from '../rig/say.ts'

const [folder = '', seed, length, ...settings] = process.argv.slice(2)
replaceSettings(settings)

const open = (): OutboxStore => openOutbox({ folder, keyHex: proofKey, care: 'disposable' })
let outbox = open()
say('ACK 0')
for (const [n, step] of outboxScript(Number(seed), Number(length)).entries()) {
  outbox = runStep(step, outbox, open)
  say(`ACK ${n + 1}`)
}
outbox.close()
say('END')
