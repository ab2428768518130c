/**
 * A process that works on a profile as the core does, while its disk misbehaves: takes the lock, opens the cache, takes in pages, opens the
 * outbox and runs its script, closes all. `ACK lock`, `ACK cache n`, `ACK n` for the outbox's steps, `ERR …` for each refusal of one;
 * a refused step is tried again. `node profile-session.ts FOLDER SEED LENGTH TRIES`
 */
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import type { CacheWriter, OutboxStore } from '#main/store/ports.ts'
import { lockProfile } from '#main/store/profile-lock.ts'
import type { ProfileLock } from '#main/store/profile-lock.ts'
import { pageOfAlerts } from './older-files.ts'
import { outboxScript, runStep } from './outbox-script.ts'
import { proofKey } from './proof-folder.ts'
import { say } from '../rig/say.ts'
import { insistent } from './session-steps.ts'

const [folder = '', seed, length, tries] = process.argv.slice(2)
const insist = insistent(Number(tries))
const location = { folder, keyHex: proofKey, care: 'disposable' } as const
let lock: ProfileLock | undefined
let cache: CacheWriter | undefined
let outbox: OutboxStore | undefined

insist('lock', () => (lock = lockProfile(folder)))
for (const page of [1, 2])
  insist(`cache ${page}`, () => {
    cache ??= openCacheWriter(location)
    cache.ingestAlerts(pageOfAlerts(Number(seed), page), page)
  })
const opened = (): OutboxStore => (outbox ??= openOutbox(location))
insist(0, opened)
for (const [n, step] of outboxScript(Number(seed), Number(length)).entries())
  insist(n + 1, () => {
    if (step.do !== 'reopen') return runStep(step, opened(), opened)
    const closing = outbox
    outbox = undefined
    closing?.close()
    return opened()
  })
insist('end', () => {
  cache?.close()
  outbox?.close()
  lock?.release()
})
say('END')
