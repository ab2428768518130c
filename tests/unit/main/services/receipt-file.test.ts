import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headOf, lineOf, recordOf } from '#main/services/receipt-file.ts'
import { anOperation } from '#tests/support/make.ts'
import { hostileText } from '#tests/support/arbitraries.ts'

const sent = anOperation(
  'comment.add',
  { localId: '~5', message: 'hi' },
  {
    state: 'sent',
    attempts: 2,
    firstSentAt: 6_000,
    receipt: { at: 7_000, serverId: '~5', alreadyThere: true, note: 'The comment was already there.' },
  },
)
const record = (title: string) =>
  recordOf(sent, { sentence: 'Comment', title, changes: [{ name: 'message', after: title }] })

/** RFC 4180, as spreadsheets read it. */
function cells(csv: string): string[] {
  const found = csv.replace(/\r\n$/, '').matchAll(/"((?:[^"]|"")*)"(?:,|$)/gs)
  return [...found].map(([, text = '']) => text.replaceAll('""', '"'))
}

describe('receipts as a file', () => {
  it('a line of JSON says when, what, by whom, how often tried and what came back', () => {
    expect(JSON.parse(lineOf(record('An alert'), 'jsonl'))).toMatchObject({
      sent: '1970-01-01T00:00:07.000Z',
      firstAttempt: '1970-01-01T00:00:06.000Z',
      by: 'ana',
      decision: 'Comment',
      about: 'An alert',
      attempts: 2,
      alreadyThere: true,
      serverId: '~5',
      result: 'The comment was already there.',
      what: [{ name: 'message', after: 'An alert' }],
    })
    expect(headOf('jsonl')).toBe('')
  })

  it('whatever is in a title, it stays one cell of one record, and no formula', () => {
    const columns = headOf('csv').split(',').length
    fc.assert(
      fc.property(
        fc.oneof(hostileText, fc.constantFrom('=1+1', ' =cmd|x', '\t@SUM(A1)', '-2', '+3', 'a"b')),
        (title) => {
          const read = cells(lineOf(record(title), 'csv'))
          expect(read).toHaveLength(columns)
          expect([title, `'${title}`]).toContain(read[6])
          for (const cell of read) expect(cell).not.toMatch(/^[\s\u00a0]*[=+\-@]/)
        },
      ),
    )
  })
})
