import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { expect } from 'vitest'
import type { Upload } from '#main/thehive/port.ts'
import { absentOn } from '../absent.ts'
import { isForbiddenToReaders, isRefusedUnsent, made, marksOf, nobodysId, upload } from '../checks.ts'
import type { Check, ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

const isKnownByItsHash =
  (name: string): Check =>
  async (harness) => {
    const { server, target } = harness
    const { id } = await made(harness)
    const bytes = randomBytes(120_000)
    const item = { file: upload(name, bytes), marks: marksOf(target) }
    const { added, failed } = await server.addFile(id, item, signal)
    expect(failed).toEqual([])
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(added[0]).toMatchObject({ dataType: 'file', attachment: { size: bytes.length, sha256 } })
    if (!/["\r]/.test(name)) expect(added[0]?.attachment?.name).toBe(name)
    expect((await server.observables(id, signal)).map(({ attachment }) => attachment?.sha256)).toEqual([
      sha256,
    ])
  }

const odd = ['Rechnung für "März" 1.pdf', 'line\r\nbreak: x.txt', '報告.docx']

export const addFile: ContractOperation = {
  name: 'Add a file to an alert',
  family: 'Observables',
  ability: 'fileObservables',
  absent: absentOn({ thehive3: 'TheHive 3 takes files with a new alert only.' }),
  whenAbsent: isRefusedUnsent(({ target }, server) => {
    const item = { file: upload('a.bin', new Uint8Array(3)), marks: marksOf(target) }
    return server.addFile(nobodysId(target), item, signal)
  }),
  success: {
    'is known by its SHA-256': isKnownByItsHash('sample.bin'),
    ...Object.fromEntries(
      odd.map((name) => [`may be named ${JSON.stringify(name)}`, isKnownByItsHash(name)]),
    ),
    'may be empty': async (harness) => {
      const { id } = await made(harness)
      const item = { file: upload('empty.log', new Uint8Array()), marks: marksOf(harness.target) }
      const { added } = await harness.server.addFile(id, item, signal)
      expect(added[0]?.attachment?.size).toBe(0)
    },
  },
  failure: {
    'tells that it is there already': async (harness) => {
      const { server, target } = harness
      const { id } = await made(harness)
      const item = { file: upload('twice.bin', randomBytes(2_000)), marks: marksOf(target) }
      await server.addFile(id, item, signal)
      expect(await server.addFile(id, item, signal)).toMatchObject({
        added: [],
        failed: [{ alreadyThere: true }],
      })
      expect(await server.observables(id, signal)).toHaveLength(1)
    },
    'that cannot be read to its end is not stored': async (harness) => {
      const { server, target } = harness
      const marks = marksOf(target)
      const { id } = await made(harness)
      const broken: Upload = {
        ...upload('broken.bin', new Uint8Array(500_000)),
        open: () =>
          new Readable({
            read() {
              this.destroy(new Error('disk error'))
            },
          }),
      }
      const short: Upload = { ...upload('short.bin', new Uint8Array(10)), size: 500_000 }
      for (const file of [broken, short]) {
        await expect(server.addFile(id, { file, marks }, signal)).rejects.toMatchObject({
          kind: 'unreadable-file',
          details: { sent: false },
        })
      }
      expect(await server.observables(id, signal)).toEqual([])
    },
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const item = { file: upload('a.bin', new Uint8Array(3)), marks: marksOf(harness.target) }
      return reader.addFile((await made(harness)).id, item, signal)
    }),
  },
}
