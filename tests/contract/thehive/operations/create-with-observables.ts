import { createHash, randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import type { InlineObservables } from '#main/thehive/port.ts'
import { effects, isForbiddenToReaders, marksOf, upload } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { freshInput, signal } from '../harness.ts'
import type { Target } from '../harness.ts'

const bytes = randomBytes(70_000)

const inline = (target: Target): InlineObservables => {
  const marks = marksOf(target)
  return {
    values: [
      { value: { dataType: 'ip', data: '203.0.113.9' }, marks },
      { value: { dataType: 'domain', data: 'inline.example' }, marks: { ...marks, message: 'from the log' } },
    ],
    files: [
      { file: upload('first.bin', bytes), marks },
      { file: upload('second.txt', Buffer.from('text'), 'text/plain'), marks },
    ],
  }
}

export const createWithObservables: ContractOperation = {
  name: 'Create an alert with observables and files',
  family: 'Alerts',
  ability: 'createWithObservables',
  success: {
    'brings values and files along in one request': async ({ server, hive, target }) => {
      const before = hive.events().length
      const alert = await server.createAlert(freshInput(), inline(target), signal)
      const posts = hive
        .events(before)
        .filter(({ method, path }) => method === 'POST' && path.endsWith('/alert'))
      expect(posts).toHaveLength(1)
      expect(alert.observableCount).toBe(4)
      const found = await server.observables(alert.id, signal)
      const shown = found.map(({ dataType, data, attachment }) => [dataType, data ?? attachment?.name])
      expect(shown.sort()).toEqual(
        [
          ['domain', 'inline.example'],
          ['file', 'first.bin'],
          ['file', 'second.txt'],
          ['ip', '203.0.113.9'],
        ].sort(),
      )
      const first = found.find(({ attachment }) => attachment?.name === 'first.bin')
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      expect(first?.attachment).toMatchObject({ size: bytes.length, sha256 })
      expect(found.find(({ data }) => data === 'inline.example')).toMatchObject({
        ...marksOf(target),
        message: 'from the log',
      })
    },
  },
  failure: {
    'of which one file cannot be read leaves nothing behind': async (harness) => {
      const { server, target } = harness
      const before = effects(harness)
      const input = freshInput()
      const short = {
        file: { ...upload('short.bin', new Uint8Array(10)), size: 500_000 },
        marks: marksOf(target),
      }
      const given = { values: inline(target).values, files: [short] }
      await expect(server.createAlert(input, given, signal)).rejects.toMatchObject({
        kind: 'unreadable-file',
        details: { sent: false },
      })
      expect(effects(harness)).toBe(before)
    },
    'is forbidden to readers': isForbiddenToReaders(({ target }, reader) =>
      reader.createAlert(freshInput(), inline(target), signal),
    ),
  },
}
