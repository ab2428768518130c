/**
 * A process that opens the precious cache of FOLDER, which migrates it, takes in pages of alerts and closes it, which makes its backup;
 * `ACK n` after each. A step that was refused is told as `ERR n JSON` and tried again, as often as TRIES says.
 * `node cache-session.ts FOLDER SEED PAGES TRIES`
 */
import { openCacheWriter } from '#main/store/cache-writer.ts'
import type { CacheWriter } from '#main/store/ports.ts'
import { pageOfAlerts } from './older-files.ts'
import { proofKey } from './proof-folder.ts'
import { insistent, say } from './session-steps.ts'

const [folder = '', seed, pages, tries] = process.argv.slice(2)
const insist = insistent(Number(tries))
let writer: CacheWriter | undefined
const opened = (): CacheWriter => (writer ??= openCacheWriter({ folder, keyHex: proofKey, care: 'precious' }))

insist(0, opened)
for (let page = 1; page <= Number(pages); page++)
  insist(page, () => opened().ingestAlerts(pageOfAlerts(Number(seed), page), page))
insist(Number(pages) + 1, () => {
  opened().close()
  writer = undefined
})
say('END')
