import { describe, expect, it } from 'vitest'
import { rowMatches } from '../../../../src-renderer/state/queue/row-matches.ts'
import { builtInViews, sameFilter } from '../../../../src-renderer/state/queue/views.ts'
import { countRows } from '#tests/support/renderer-harness/count-rows.ts'
import { sampleRow } from '#tests/support/renderer-harness/sample-rows.ts'

const rows = Array.from({ length: 2_000 }, (_one, index) => sampleRow(index + 1, Date.UTC(2026, 2, 4)))

describe('the built-in views', () => {
  it('hold exactly the rows that the sidebar counts', () => {
    const counts = countRows(rows, 'ana')
    for (const view of builtInViews('ana')) {
      const counted = view.id === 'all' ? counts.total : counts.views[view.id]
      expect([view.id, rows.filter((row) => rowMatches(view.filter, row)).length]).toEqual([view.id, counted])
    }
  })

  it('leave out Mine while nobody is signed in', () => {
    expect(builtInViews(undefined).map((view) => view.id)).not.toContain('mine')
  })

  it('are recognised whatever order their parts are in', () => {
    expect(sameFilter({ stages: ['New', 'InProgress'] }, { stages: ['InProgress', 'New'], tags: [] })).toBe(
      true,
    )
    expect(sameFilter({ assignee: null }, {})).toBe(false)
  })
})

describe('a row and its view', () => {
  const row = { ...sampleRow(1, 0), tags: ['vpn', 'seen'], assignee: 'ana' }

  it('belongs when any of the tags named is there and none of the excluded', () => {
    expect(rowMatches({ tags: ['vpn', 'other'] }, row)).toBe(true)
    expect(rowMatches({ tags: ['vpn'], notTags: ['seen'] }, row)).toBe(false)
  })

  it('tells nobody from somebody', () => {
    expect(rowMatches({ assignee: null }, row)).toBe(false)
    expect(rowMatches({ assignee: null }, { ...row, assignee: undefined })).toBe(true)
  })
})
