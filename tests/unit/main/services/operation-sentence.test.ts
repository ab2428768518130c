import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sentenceOf } from '#main/services/operation-sentence.ts'
import { operation } from '#tests/support/arbitraries.ts'
import { aCreation, aKeptFile, anOperation, plainMarks } from '#tests/support/make.ts'

const caseName = (id: string) => `case ${id}`

describe('sentenceOf', () => {
  it.each([
    [
      anOperation(
        'alert.create',
        aCreation({
          values: [{ dataType: 'ip', data: '192.0.2.1', localId: 'local:v', marks: plainMarks }],
          files: [
            { ...aKeptFile(), marks: plainMarks },
            { ...aKeptFile(), marks: plainMarks },
          ],
        }),
      ),
      'Create this alert with 1 observable and 2 files',
    ],
    [anOperation('alert.create', aCreation()), 'Create this alert'],
    [
      anOperation(
        'alert.update',
        {
          change: { status: 'Ignored', customFields: [{ name: 'unit', type: 'string', value: 'north' }] },
          effect: { stage: 'Closed', assignee: 'ana' },
        },
        { base: { customFields: [] } },
      ),
      'Close as Ignored · Set unit',
    ],
    [
      anOperation(
        'case.update',
        { change: { customFields: [{ name: 'score', type: 'string', value: null }] }, effect: {} },
        { base: { customFields: [{ name: 'unit', type: 'string', value: null }] } },
      ),
      'Remove unit · Set score',
    ],
    [anOperation('alert.unlink', { caseId: '~9' }), 'Take out of case ~9'],
    [anOperation('alert.import', { caseId: '~9' }), 'Import observables into case ~9'],
    [anOperation('alert.read', { read: false }), 'Mark as unread'],
    [anOperation('alert.follow', { follow: false }), 'Stop following'],
    [anOperation('alert.delete', {}), 'Delete this alert'],
    [
      anOperation('observable.update', { observableId: '~o1', change: { ioc: true, tlp: 'red' } }),
      'Observable: Mark as IOC · Set TLP RED',
    ],
    [
      anOperation('observable.add-file', { ...aKeptFile(), marks: plainMarks, zip: {} }),
      'Add the files in note.txt',
    ],
    [anOperation('attachment.add', aKeptFile()), 'Attach note.txt'],
    [anOperation('case.update', { change: { flag: true, assignee: null }, effect: {} }), 'Unassign · Flag'],
  ])('%#: $kind', (one, sentence) => {
    expect(sentenceOf(one, caseName)).toBe(sentence)
  })

  it('says something about every decision there is', () => {
    fc.assert(
      fc.property(operation, (one) => {
        const says = sentenceOf(one, caseName)
        expect(says).not.toBe('')
        expect(says).not.toContain('undefined')
      }),
    )
  })
})
