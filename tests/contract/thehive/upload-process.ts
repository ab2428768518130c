import { createReadStream, statSync } from 'node:fs'
import { createV1Server } from '#main/thehive/v1/server.ts'

// A process of its own, so that its memory is its own: sends one file to an alert and tells how much it grew.
const [url = '', alertId = '', path = ''] = process.argv.slice(2)
const signal = new AbortController().signal
const server = await createV1Server(
  { url, apiKey: 'ana-key' },
  { flavour: 'thehive5', version: '5.6.2', url },
  signal,
)
const before = process.resourceUsage().maxRSS
const file = {
  ...{ name: 'disk.img', contentType: 'application/octet-stream', size: statSync(path).size },
  open: () => createReadStream(path),
}
const marks = { tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false } as const
const { added } = await server.addFile(alertId, { file, marks: { ...marks, tags: [] } }, signal)
const grownMb = (process.resourceUsage().maxRSS - before) / 1024
process.stdout.write(JSON.stringify({ size: added[0]?.attachment?.size, grownMb }))
await server.close()
