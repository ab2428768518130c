import { expect } from 'vitest'
import { absentOn } from '../absent.ts'
import { isForbiddenToReaders, made, now } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { signal } from '../harness.ts'

export const summary: ContractOperation = {
  name: 'Write the summary of an alert',
  family: 'Alerts',
  ability: 'summary',
  absent: absentOn({
    thehive3: 'Alerts of TheHive 3 have no summary.',
    thehive4: 'TheHive 4 takes a summary of an alert but never shows it again.',
  }),
  success: {
    'keeps it as written': async (harness) => {
      const { id } = await made(harness)
      const text = 'Two lines,\nand <b>markup</b>.'
      await harness.server.updateAlert(id, { summary: text }, signal)
      expect((await now(harness, id)).summary).toBe(text)
    },
  },
  failure: {
    'is forbidden to readers': isForbiddenToReaders(async (harness, reader) =>
      reader.updateAlert((await made(harness)).id, { summary: 'x' }, signal),
    ),
  },
}
