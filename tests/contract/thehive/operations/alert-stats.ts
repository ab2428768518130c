import { expect } from 'vitest'
import type { StatField } from '#main/thehive/alert-search.ts'
import { absentOn } from '../absent.ts'
import { isTypedWhenTheServerFails, made } from '../checks.ts'
import type { ContractOperation } from '../contract.ts'
import { freshInput, signal } from '../harness.ts'
import type { Harness } from '../harness.ts'
import { searchFor } from './find-alerts.ts'

async function someOfOneSource(harness: Harness): Promise<string> {
  const source = `c-${freshInput().sourceRef}`.slice(0, 32)
  await made(harness, { source, severity: 3, type: 'edr', tags: ['vip', 'mail'] })
  await made(harness, { source, severity: 3, type: 'siem', tags: ['vip'] })
  await made(harness, { source, severity: 1, type: 'edr', tags: [] })
  return source
}

const by = (harness: Harness, field: StatField, text: string) =>
  harness.server.alertStats(field, searchFor(text), signal)

export const statsOfKnown: ContractOperation = {
  name: 'Count alerts by status and by severity',
  family: 'Alerts',
  success: {
    'says how many fit, most first': async (harness) => {
      const source = await someOfOneSource(harness)
      expect(await by(harness, 'severity', `source:${source}`)).toEqual([
        { value: '3', count: 2 },
        { value: '1', count: 1 },
      ])
      expect(await by(harness, 'status', `source:${source}`)).toEqual([{ value: 'New', count: 3 }])
      const all = (await by(harness, 'status', '')) ?? []
      expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(await harness.server.countAlerts(signal))
    },
    'says nothing where the server cannot be asked all of the filter': async (harness) => {
      expect(await by(harness, 'severity', 'description:invoice')).toBeUndefined()
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((harness) =>
      by(harness, 'severity', ''),
    ),
  },
}

export const statsOfAny: ContractOperation = {
  name: 'Count alerts by type, source and tag',
  family: 'Alerts',
  absent: absentOn({
    thehive5: 'TheHive 5 counts one value at a time, and nobody knows all types, sources and tags.',
  }),
  whenAbsent: async (harness) => {
    const before = harness.hive.events().length
    for (const field of ['type', 'source', 'tags'] as const)
      expect(await by(harness, field, '')).toBeUndefined()
    expect(harness.hive.events()).toHaveLength(before)
  },
  success: {
    'says how many fit, most first': async (harness) => {
      const source = await someOfOneSource(harness)
      expect(await by(harness, 'type', `source:${source}`)).toEqual([
        { value: 'edr', count: 2 },
        { value: 'siem', count: 1 },
      ])
      expect(await by(harness, 'tags', `source:${source}`)).toEqual([
        { value: 'vip', count: 2 },
        { value: 'mail', count: 1 },
      ])
      expect(await by(harness, 'source', `source:${source}`)).toEqual([{ value: source, count: 3 }])
    },
  },
  failure: {
    'is a typed error while the server fails': isTypedWhenTheServerFails((harness) =>
      by(harness, 'type', ''),
    ),
  },
}
