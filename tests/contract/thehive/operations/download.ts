import { randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { expect } from 'vitest'
import { readZip } from '#tests/support/thehive/zip/read-zip.ts'
import { isTypedWhenTheServerFails, marksOf, upload } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { freshInput, signal } from '../harness.ts'
import type { Harness } from '../harness.ts'

const bytes = randomBytes(200_000)

async function stored(harness: Harness) {
  const files = [{ file: upload('sample.bin', bytes), marks: marksOf(harness.target) }]
  const { id: alertId } = await harness.server.createAlert(freshInput(), { values: [], files }, signal)
  const [observable] = await harness.server.observables(alertId, signal)
  if (observable === undefined) throw new Error('The file was not stored')
  return { alertId, observable }
}

const fails = isTypedWhenTheServerFails(async (harness, server) =>
  server.download({ ...knownFile(harness), as: 'file' }, signal),
)

/** No server is asked for it: the check breaks the first request. */
const knownFile = ({ target }: Harness) => ({
  alertId: '~1',
  observable: {
    ...{
      id: '~2',
      dataType: 'file',
      ...marksOf(target),
      ignoreSimilarity: false,
      createdAt: 1,
      createdBy: 'a',
    },
    attachment: { name: 'a.bin', size: 3, contentType: 'text/plain', sha256: 'a'.repeat(64) },
  },
})

export const download: ContractOperation = {
  name: 'Download the file of an observable',
  family: 'Observables',
  ability: 'downloadObservable',
  success: {
    'brings the very bytes, streamed': async (harness) => {
      const found = await harness.server.download({ ...(await stored(harness)), as: 'file' }, signal)
      expect(found).toMatchObject({ name: 'sample.bin' })
      expect(Buffer.compare(await buffer(found.bytes), bytes)).toBe(0)
    },
  },
  failure: { 'is a typed error while the server fails': fails },
}

export const downloadZip: ContractOperation = {
  name: 'Download it inside a protected zip',
  family: 'Observables',
  ability: 'downloadObservable',
  success: {
    'opens with the usual password': async (harness) => {
      const found = await harness.server.download({ ...(await stored(harness)), as: 'zip' }, signal)
      expect(found).toMatchObject({ name: 'sample.bin.zip', contentType: 'application/zip' })
      const entries = readZip(await buffer(found.bytes), 'malware')
      expect(entries.map(({ bytes: inside }) => Buffer.compare(inside, bytes))).toEqual([0])
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails(async (harness, server) =>
      server.download({ ...knownFile(harness), as: 'zip' }, signal),
    ),
  },
}
