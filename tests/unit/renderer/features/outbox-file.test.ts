import { describe, expect, it } from 'vitest'
import { untilAnalyst } from '#shared/model/operation.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import { importWords } from '../../../../src-renderer/features/outbox/import-words.ts'
import { carriedWords, operationWords } from '../../../../src-renderer/ui/format/operation-words.ts'

const now = 600_000
const said = (over: Partial<Parameters<typeof importWords>[0]>) =>
  importWords({ count: 0, known: 0, held: 0, files: 0, exportedAt: 0, ...over }, now)

describe('what an import says', () => {
  it('names what came, what was known and what is on hold', () => {
    expect(said({ count: 3, known: 1, held: 1, files: 2 })).toEqual([
      '3 decisions with 2 files came in.',
      '2 decisions of them are sent from here when the server can be reached and has been asked about them.',
      '1 decision is on hold, as you had it.',
      '1 decision in it was here already and stays as it was.',
      'It was exported 10 min ago.',
    ])
  })

  it('says that nothing was new', () => {
    expect(said({ known: 2 })).toEqual([
      'Nothing new came with this file.',
      '2 decisions in it were here already and stay as they were.',
      'It was exported 10 min ago.',
    ])
  })

  it('speaks of nothing that is sent where all is on hold', () => {
    expect(said({ count: 2, held: 2 })).toEqual([
      '2 decisions came in.',
      '2 decisions are on hold, as you had them.',
      'It was exported 10 min ago.',
    ])
  })
})

describe('a line of what was in a file', () => {
  const line = (role: 'exported' | 'resumed' | 'imported') =>
    ({ state: 'held', notBefore: untilAnalyst, carried: { role, at: 0, file: 'f' } }) as OperationView

  it('says why it is on hold and how it goes on', () => {
    expect(operationWords(line('exported'), now)).toEqual({
      text: 'exported to a file 10 min ago; resume to send it from here after all',
      tone: 'held',
    })
    expect(operationWords(line('resumed'), now).text).toBe('on hold until you send it')
  })

  it('says where it came from', () => {
    expect(carriedWords(line('imported'), now)).toBe('came with a file 10 min ago')
    expect(carriedWords(line('resumed'), now)).toBe('resumed here after it was exported')
    expect(carriedWords({} as OperationView, now)).toBeUndefined()
  })
})
