/**
 * A process that opens the precious cache of FOLDER, which migrates it, takes in pages of alerts and closes it, which makes its backup;
 * `ACK n` after each. `node cache-session.ts FOLDER SEED PAGES`
 */
import { openCacheWriter } from '#main/store/cache-writer.ts'
import { pageOfAlerts } from './older-files.ts'
import { proofKey } from './proof-folder.ts'
import { say } from '../rig/say.ts'

const [folder = '', seed, pages] = process.argv.slice(2)
const writer = openCacheWriter({ folder, keyHex: proofKey, care: 'precious' })
say('ACK 0')
for (let page = 1; page <= Number(pages); page++) {
  writer.ingestAlerts(pageOfAlerts(Number(seed), page), page)
  say(`ACK ${page}`)
}
writer.close()
say(`ACK ${Number(pages) + 1}`)
