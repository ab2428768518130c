import { describe, expect, it } from 'vitest'
import { rowMatches } from '../../../../src-renderer/state/queue/row-matches.ts'
import { builtInViews } from '../../../../src-renderer/state/queue/views.ts'
import type { QueueRow } from '#shared/model/queue-row.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { printFilter } from '#shared/query/print.ts'
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

  it('print as the words that read back as them', () => {
    for (const { filter } of builtInViews('ana'))
      expect(parseFilter(printFilter(filter, { me: 'ana' }), { me: 'ana' })).toEqual({ filter, problems: [] })
    expect(builtInViews('ana').map(({ filter }) => printFilter(filter, { me: 'ana' }))).toEqual([
      'stage:new,inprogress gone:no',
      'stage:new,inprogress gone:no assignee:me',
      'stage:new,inprogress gone:no assignee:none',
      'stage:new,inprogress gone:no severity:critical',
      'stage:imported',
      'stage:closed',
      '',
    ])
  })
})

describe('a row and its view', () => {
  const row = { ...sampleRow(1, 0), tags: ['vpn', 'seen'], assignee: 'ana' }

  const belongs = (text: string, one: QueueRow = row) => rowMatches(parseFilter(text).filter, one)

  it('belongs when any of the tags named is there and none of the excluded', () => {
    expect(belongs('tag:vpn,other')).toBe(true)
    expect(belongs('tag:vpn -tag:seen')).toBe(false)
  })

  it('tells nobody from somebody', () => {
    expect(belongs('assignee:none')).toBe(false)
    expect(belongs('assignee:none', { ...row, assignee: undefined })).toBe(true)
  })

  it('leaves the open views when the server no longer shows it', () => {
    const [inbox] = builtInViews('ana')
    const open = { ...row, stage: 'New' as const }
    const belongsTo = (one: QueueRow) => rowMatches(inbox?.filter ?? expect.fail('no view'), one)
    expect([belongsTo(open), belongsTo({ ...open, gone: true })]).toEqual([true, false])
  })

  it('stays where the row cannot tell', () => {
    expect(belongs('obs:192.0.2.7 -cf.risk:5')).toBe(true)
    expect(belongs('obs:192.0.2.7 assignee:none')).toBe(false)
  })
})
