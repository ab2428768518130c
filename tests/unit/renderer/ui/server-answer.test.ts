import { describe, expect, it } from 'vitest'
import { answerWords } from '../../../../src-renderer/ui/format/server-answer.ts'
import type { ServerAnswer } from '../../../../src-renderer/ui/format/server-answer.ts'

const answer: ServerAnswer = { found: 3, arrived: 1, setAside: 0, more: false, notAsked: [] }

describe('what asking the server came to', () => {
  it.each<[Partial<ServerAnswer>, string, string]>([
    [{ total: { count: 3, exact: true } }, '3 alerts on the server, 1 new here', ''],
    [{ arrived: 0, found: 1 }, '1 alert on the server, all here already', ''],
    [{ found: 0, arrived: 0, total: { count: 0, exact: true } }, 'The server showed no alert that fits', ''],
    [
      { found: 1_000, more: true, total: { count: 1_000, exact: false } },
      '1,000 alerts on the server, 1 new here',
      'It counts 1,000 or more. Narrow the filter to see the rest.',
    ],
    [
      { found: 1_000, more: true, total: { count: 5_200, exact: true } },
      '1,000 alerts on the server, 1 new here',
      'It has 5,200 alerts that fit. Narrow the filter to see the rest.',
    ],
    [
      { more: true, total: { count: 5_200, exact: false }, notAsked: [{ text: 'invoice', seen: false }] },
      '3 alerts on the server, 1 new here',
      'It counts 5,200 alerts for the part it could be asked. Narrow the filter to see the rest. It cannot be asked for “invoice”: Forager looked at what the alerts themselves say, not at their observables and cases on the server.',
    ],
    [
      { setAside: 2, notAsked: [{ text: 'title:x', seen: true }] },
      '3 alerts on the server, 1 new here',
      'It cannot be asked for “title:x”: Forager looked at the alerts itself. 2 rows could not be read and were set aside.',
    ],
  ])('of %o is said in words', (change, said, more) => {
    expect(answerWords({ ...answer, ...change })).toEqual({ said, more })
  })
})
