import { createHash, randomBytes } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { isForbiddenToReaders, isRefused, isRefusedUnsent, made, nobodysId, upload } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'
import { attachmentsSince, noAttachments3, noAttachments4 } from '../reasons.ts'

const absent = absentOn({ thehive3: noAttachments3, thehive4: noAttachments4, thehive5: attachmentsSince })
const family = 'Comments and more'
const ability = 'attachment'
const text = Buffer.from('a report')
const report = upload('report.txt', text, 'text/plain')

export const addAttachment: ContractOperation = {
  name: 'Attach a file to an alert, and list them',
  ...({ family, ability, absent } as const),
  whenAbsent: async (harness) => {
    const id = nobodysId(harness.target)
    await isRefusedUnsent((_, server) => server.addAttachment(id, report, signal))(harness)
    expect(await harness.server.attachments(id, signal)).toEqual([])
  },
  success: {
    'is known by its SHA-256; a second of the same name gets another name': async (harness) => {
      const { server } = harness
      const { id } = await made(harness)
      expect(await server.attachments(id, signal)).toEqual([])
      const sha256 = createHash('sha256').update(text).digest('hex')
      const added = await server.addAttachment(id, report, signal)
      expect(added).toMatchObject({
        name: 'report.txt',
        size: text.length,
        sha256,
        contentType: 'text/plain',
      })
      await server.addAttachment(id, upload('report.txt', Buffer.from('another')), signal)
      const names = (await server.attachments(id, signal)).map(({ name }) => name)
      expect(new Set(names).size).toBe(2)
    },
  },
  failure: {
    'to an alert that is gone is refused': isRefused(
      ({ target }, server) => server.addAttachment(nobodysId(target), report, signal),
      'not-found',
    ),
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) =>
      reader.addAttachment((await made(harness)).id, report, signal),
    ),
  },
}

const large = randomBytes(200_000)

export const downloadAttachment: ContractOperation = {
  name: 'Download an attachment',
  ...({ family, absent } as const),
  ability: 'downloadAttachment',
  whenAbsent: isRefusedUnsent(({ target }, server) => {
    const facts = { name: 'a', size: 1, contentType: 'text/plain', sha256: 'a'.repeat(64) }
    const attachment = { ...facts, id: nobodysId(target), createdAt: 1, createdBy: 'a' }
    return server.downloadAttachment({ alertId: nobodysId(target), attachment }, signal)
  }),
  success: {
    'brings the very bytes, streamed': async (harness) => {
      const { server } = harness
      const { id: alertId } = await made(harness)
      const attachment = await server.addAttachment(alertId, upload('photo.bin', large), signal)
      const found = await server.downloadAttachment({ alertId, attachment }, signal)
      expect(found).toMatchObject({ name: 'photo.bin', size: large.length })
      expect((await buffer(found.bytes)).equals(large)).toBe(true)
    },
  },
  failure: {
    'that is gone is refused': isRefused(async (harness, server) => {
      const { id: alertId } = await made(harness)
      const attachment = await server.addAttachment(alertId, report, signal)
      await server.deleteAttachment({ alertId, id: attachment.id }, signal)
      return server.downloadAttachment({ alertId, attachment }, signal)
    }, 'not-found'),
  },
}

export const deleteAttachment: ContractOperation = {
  name: 'Delete an attachment',
  ...({ family, ability, absent } as const),
  whenAbsent: isRefusedUnsent(({ target }, server) => {
    const id = nobodysId(target)
    return server.deleteAttachment({ alertId: id, id }, signal)
  }),
  success: {
    'is done when it is gone already': async (harness) => {
      const { server } = harness
      const { id: alertId } = await made(harness)
      const { id } = await server.addAttachment(alertId, report, signal)
      for (let at = 0; at < 2; at++) await server.deleteAttachment({ alertId, id }, signal)
      expect(await server.attachments(alertId, signal)).toEqual([])
    },
  },
  failure: {
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) => {
      const { id: alertId } = await made(harness)
      const { id } = await harness.server.addAttachment(alertId, report, signal)
      return reader.deleteAttachment({ alertId, id }, signal)
    }),
  },
}
