import { expect } from 'vitest'
import { writeZip } from '#tests/support/thehive/zip/write-zip.ts'
import { absentOn } from '../absent.ts'
import { isRefused, isRefusedUnsent, made, marksOf, nobodysId, upload } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'
import type { Target } from '../harness.ts'

const archive = (target: Target, bytes: Uint8Array, password?: string) => ({
  file: upload('samples.zip', bytes, 'application/zip'),
  marks: marksOf(target),
  zip: { password },
})

export const addZip: ContractOperation = {
  name: 'Add the files of a zip, with a password or without',
  family: 'Observables',
  ability: 'zippedObservables',
  absent: absentOn({ thehive3: 'TheHive 3 unpacks no archives into an alert.' }),
  whenAbsent: isRefusedUnsent(({ target }, server) =>
    server.addFile(nobodysId(target), archive(target, new Uint8Array(4)), signal),
  ),
  success: {
    'becomes one observable a file': async (harness) => {
      const { server, target } = harness
      const { id } = await made(harness)
      const files = [
        { name: 'a.txt', bytes: Buffer.from('first') },
        { name: 'b.txt', bytes: Buffer.from('second') },
      ]
      const { added } = await server.addFile(id, archive(target, writeZip(files, 's3cret'), 's3cret'), signal)
      expect(added.map(({ attachment }) => attachment?.name).sort()).toEqual(['a.txt', 'b.txt'])
      expect(await server.observables(id, signal)).toHaveLength(2)
    },
  },
  failure: {
    'that is none is refused': isRefused(
      async (harness, server) => {
        const item = archive(harness.target, Buffer.from('no archive at all'))
        const { added, failed } = await server.addFile((await made(harness)).id, item, signal)
        if (added.length > 0) return
        throw Object.assign(new Error(failed[0]?.message), { kind: 'rejected' })
      },
      'rejected',
      'server-error',
    ),
  },
}
