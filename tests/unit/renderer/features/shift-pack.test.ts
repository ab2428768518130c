import { describe, expect, it } from 'vitest'
import { noPack } from '#shared/model/shift-pack.ts'
import type { PackStatus } from '#shared/model/shift-pack.ts'
import { withPlanned } from '../../../../src-renderer/features/shift-pack/pack-choices.ts'
import {
  packHeading,
  packMissing,
  packNote,
} from '../../../../src-renderer/features/shift-pack/pack-words.ts'

const pack = (change: Partial<PackStatus>): PackStatus => ({
  ...noPack,
  state: 'ready',
  alerts: 10,
  ...change,
})

describe('what is taken along, in words', () => {
  it.each([
    [pack({ ready: 10 }), 'Ready for offline', 'ready for offline'],
    [
      pack({ ready: 9, missing: 1, failed: 1 }),
      'Ready for offline, but for 1 alert',
      'ready for offline, but for 1 alert',
    ],
    [pack({ ready: 8, stale: 2 }), 'Not ready yet', 'not ready yet'],
    [pack({ state: 'packing', ready: 4, missing: 6 }), 'Taking along', 'taking along 4 of 10'],
    [
      pack({ state: 'waiting', ready: 4, missing: 6 }),
      'Waiting for the server',
      'taken along 4 of 10, waiting',
    ],
    [pack({ state: 'paused', ready: 4, missing: 6 }), 'Paused', 'taken along 4 of 10, paused'],
    [pack({ alerts: 0 }), 'Nothing in these views', undefined],
    [noPack, 'Nothing in these views', undefined],
  ])('%#', (status, heading, note) => {
    expect(packHeading(status)).toBe(heading)
    expect(packNote(status)).toBe(note)
  })

  it('says what is not here, and nothing where all is', () => {
    expect(packMissing(pack({ ready: 10 }))).toEqual([])
    const stay = { ...noPack.files, count: 3, bytes: 1_500, left: 3 }
    const lines = packMissing(pack({ missing: 2, stale: 1, failed: 1, cut: true, files: stay }))
    expect(lines).toHaveLength(5)
    expect(lines[3]).toContain('3 files (1.5 kB)')
  })

  it('counts the files that come along', () => {
    const files = { count: 9, bytes: 9_000, left: 2, wanted: 6, kept: 3, failed: 1 }
    const packing = pack({ state: 'packing', ready: 10, files })
    expect(packNote(packing)).toBe('taking along 10 of 10, 3 of 6 files')
    expect(packMissing(packing)).toEqual([
      '2 files not fetched yet',
      '1 file the server did not give; go on to try again',
      '2 files larger than you take along: they stay on the server, their names and hashes are here',
    ])
    expect(packHeading(pack({ ready: 10, files: { ...files, failed: 0 } }))).toBe('Not ready yet')
    expect(packHeading(pack({ ready: 10, files: { ...files, kept: 5 } }))).toBe(
      'Ready for offline, but for 1 file',
    )
  })

  it('keeps on offer what was planned and no view says any more', () => {
    const filter = { op: 'eq', field: 'source', value: 'edr' } as const
    const plan = { views: [{ name: 'EDR', filter }], days: 7, similar: true, filesUpTo: 0 }
    expect(withPlanned([], plan)).toEqual([{ name: 'EDR', filter }])
    expect(withPlanned([{ name: 'My EDR', filter }], plan)).toHaveLength(1)
  })

  it('tells two views of one name apart', () => {
    const filter = { op: 'eq', field: 'source', value: 'edr' } as const
    const shown = { name: 'What is shown now', filter: { ...filter, value: 'siem' } }
    const plan = { views: [{ ...shown, filter }], days: 7, similar: true, filesUpTo: 0 }
    expect(withPlanned([shown], plan)).toEqual([shown, { name: 'source:edr', filter }])
  })
})
