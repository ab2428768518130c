import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newestVersion } from '#main/store/migrations/migration.ts'
import { outboxMigrations } from '#main/store/migrations/outbox-migrations.ts'
import { openDatabase } from '#main/store/open-database.ts'
import { openOutbox } from '#main/store/outbox-store.ts'
import { outboxPath } from '#main/store/profile-files.ts'
import { operationKinds } from '#shared/model/operation.ts'
import type { Operation } from '#shared/model/operation.ts'
import { operation, operationOf } from '#tests/support/arbitraries.ts'
import { aKeptFile, anOperation } from '#tests/support/make.ts'
import { openedOutbox, tempProfile, testKey } from '#tests/support/store/temp-profile.ts'

const note = (id: string, over: Partial<Operation> = {}): Operation =>
  anOperation('comment.add', { localId: `local:${id}`, message: 'seen' }, { id, ...over })

/** Of a kept file, beside its id. */
const facts = { name: 'a.exe', size: 3, sha256: 'ab', contentType: 'x/y', iv: '00', tag: '11', createdAt: 5 }

/** The same file through a second connection: what another process, or a failing disk, would do to it. */
function raw(folder: string) {
  return openDatabase({
    file: 'outbox',
    path: outboxPath(folder),
    keyHex: testKey,
    synchronous: 'FULL',
    newestVersion: newestVersion(outboxMigrations),
  })
}

describe('the outbox', () => {
  it.each(operationKinds)('gives back every %s exactly as it was decided', (kind) => {
    const { outbox } = openedOutbox()
    fc.assert(
      fc.property(operationOf(kind), (one) => {
        outbox.append([one])
        const stored = outbox.get(one.id)
        outbox.remove([one.id])
        expect(stored).toEqual(one)
      }),
      { numRuns: 40 },
    )
  })

  it('answers after a restart what it answered before', () => {
    const { outbox, location } = openedOutbox()
    const unique = fc.uniqueArray(operation, { selector: ({ id }) => id, minLength: 5, maxLength: 5 })
    const operations = fc.sample(unique, { numRuns: 1, seed: 4 })[0] ?? []
    outbox.append(operations)
    const again = openOutbox(location)
    expect(again.pending()).toEqual(operations.filter(({ state }) => state !== 'sent'))
    expect(again.damaged()).toEqual([])
    again.close()
  })

  it('keeps the order of decisions, whatever changes about them', () => {
    const { outbox } = openedOutbox()
    outbox.append([note('c'), note('a'), note('b')])
    outbox.update([note('c', { state: 'retry-at', attempts: 3 })])
    outbox.remove(['a'])
    outbox.append([note('a2')])
    expect(outbox.pending().map(({ id }) => id)).toEqual(['c', 'b', 'a2'])
  })

  it('moves decisions within the plan, durably; what is decided later comes last', () => {
    const { outbox, location } = openedOutbox()
    outbox.append(['a', 'b', 'c', 'd'].map((id) => note(id)))
    outbox.reorder(['c', 'a', 'b'])
    outbox.update([note('a', { attempts: 2 })])
    outbox.append([note('e')])
    outbox.reorder(['d', 'b'])
    expect(() => outbox.reorder(['e', 'gone', 'a'])).toThrow(expect.objectContaining({ kind: 'not-found' }))
    const again = openOutbox(location)
    expect(again.pending().map(({ id }) => id)).toEqual(['c', 'a', 'd', 'b', 'e'])
    again.close()
  })

  it('puts one more into the plan with the one it goes before, or neither', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('a'), note('b'), note('c')])
    const plan = { order: ['new', 'b', 'c'], changed: note('b', { dependsOn: ['new'] }) }
    outbox.insert(note('new'), plan)
    const gone = { order: ['x', 'gone'], changed: note('gone') }
    expect(() => outbox.insert(note('x'), gone)).toThrow(expect.objectContaining({ kind: 'not-found' }))
    const again = openOutbox(location)
    expect(again.pending().map(({ id }) => id)).toEqual(['a', 'new', 'b', 'c'])
    expect(again.get('b')).toMatchObject({ dependsOn: ['new'] })
    again.close()
  })

  it('moves what was sent to the receipts, newest first', () => {
    const { outbox } = openedOutbox()
    const sent = (id: string, at: number): Operation =>
      note(id, { state: 'sent', receipt: { at, note: 'ok' } })
    outbox.append([note('a'), note('b'), note('c')])
    outbox.update([sent('a', 30), sent('b', 10)])
    outbox.update([sent('c', 20)])
    expect(outbox.pending()).toEqual([])
    expect(outbox.receipts(2).map(({ id }) => id)).toEqual(['a', 'c'])
    outbox.append([sent('d', 20)])
    expect(outbox.receipts(9, 'd').map(({ id }) => id)).toEqual(['c', 'b'])
    expect(outbox.receipts(1, 'a').map(({ id }) => id)).toEqual(['d'])
    expect(outbox.receipts(9, 'b')).toEqual([])
  })

  it('takes all of a gesture or nothing', () => {
    const { outbox } = openedOutbox()
    outbox.append([note('a')])
    expect(() => outbox.append([note('b'), note('a')])).toThrow(expect.objectContaining({ kind: 'bug' }))
    expect(() => outbox.update([note('a', { attempts: 9 }), note('gone')])).toThrow(
      expect.objectContaining({ kind: 'not-found' }),
    )
    expect(outbox.pending()).toEqual([note('a')])
  })

  it('never acknowledges a decision that it could not read back', () => {
    const { outbox } = openedOutbox()
    const broken = { ...note('a'), attempts: Number.NaN }
    expect(() => outbox.append([broken])).toThrow(expect.objectContaining({ kind: 'bug' }))
    expect(outbox.damaged()).toEqual([])
  })

  it('maps a local id once and for all', () => {
    const { outbox, location } = openedOutbox()
    outbox.mapIds([['local:a', '~1']])
    outbox.mapIds([['local:a', '~1']])
    expect(() => outbox.mapIds([['local:a', '~2']])).toThrow(expect.objectContaining({ kind: 'bug' }))
    const again = openedOutbox(location)
    expect(again.outbox.idMap()).toEqual(new Map([['local:a', '~1']]))
  })

  it('keeps specimens and facts until they are removed or replaced', () => {
    const { outbox } = openedOutbox()
    outbox.saveSpecimen({ id: 's', ...facts })
    expect(outbox.specimen('s')).toEqual({ id: 's', ...facts })
    outbox.removeSpecimen('s')
    expect(outbox.specimen('s')).toBeUndefined()
    outbox.saveFact('seen', '1')
    outbox.saveFact('seen', '2')
    expect(outbox.fact('seen')).toBe('2')
    expect(outbox.fact('other')).toBeUndefined()
  })

  it('finds facts by the beginning of their names, and removes them for good', () => {
    const { outbox, location } = openedOutbox()
    for (const name of ['draft note ~1', 'draft note ~2', 'draft_note', 'settings'])
      outbox.saveFact(name, `of ${name}`)
    outbox.removeFact('draft note ~2')
    outbox.removeFact('draft note ~3')
    const again = openOutbox(location)
    expect(again.factNames('draft ')).toEqual(['draft note ~1'])
    expect(again.factNames('').toSorted()).toEqual(['draft note ~1', 'draft_note', 'settings'])
    expect([again.fact('draft note ~1'), again.fact('draft note ~2')]).toEqual([
      'of draft note ~1',
      undefined,
    ])
    again.close()
  })

  it('lets go of the files of a decision that was sent or taken back, in the same write, and of no other', () => {
    const { outbox, location } = openedOutbox()
    const ids = ['sent', 'dropped', 'waiting', 'lost']
    for (const id of ids) outbox.saveSpecimen({ id, ...facts })
    const [sent, dropped, waiting] = ids.map((id) =>
      anOperation('attachment.add', aKeptFile({ specimenId: id }), { id, state: 'ready' }),
    )
    outbox.append([sent!, dropped!, waiting!])
    expect(() => outbox.update([{ ...sent!, state: 'sent' }, note('gone')])).toThrow()
    outbox.update([{ ...waiting!, state: 'rejected' }])
    expect(outbox.specimens().filter(({ letGo }) => letGo)).toEqual([])
    outbox.update([{ ...sent!, state: 'sent' }])
    outbox.remove(['dropped'])
    const again = openedOutbox(location).outbox.specimens()
    expect(again.map(({ id, letGo }) => [id, letGo])).toEqual([
      ['sent', true],
      ['dropped', true],
      ['waiting', undefined],
      ['lost', undefined],
    ])
  })

  it.each([
    ['its text', `UPDATE operation SET body = replace(body, 'seen', 'sent') WHERE id = 'b'`],
    ['its state', `UPDATE operation SET state = 'sent' WHERE id = 'b'`],
    ['its id', `UPDATE operation SET id = 'x' WHERE id = 'b'`],
    ['its checksum', `UPDATE operation SET checksum = 'no' WHERE id = 'b'`],
  ])('keeps, reports and never sends a decision whose row changed in %s', (_, damage) => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('a'), note('b'), note('c')])
    const db = raw(location.folder)
    db.exec(damage)
    db.close()
    expect(outbox.pending().map(({ id }) => id)).toEqual(['a', 'c'])
    expect(outbox.receipts(10)).toEqual([])
    expect(outbox.damaged()).toHaveLength(1)
    const count = raw(location.folder)
    expect(count.prepare('SELECT count(*) FROM operation').pluck().get()).toBe(3)
    count.close()
  })

  it('is on the disk when append returns: a second connection reads it at once', () => {
    const { outbox, location } = openedOutbox(tempProfile())
    outbox.append([note('a')])
    const db = raw(location.folder)
    expect(db.pragma('synchronous', { simple: true })).toBe(2)
    expect(db.prepare('SELECT id FROM operation').pluck().all()).toEqual(['a'])
    db.close()
  })
})

describe('what comes from elsewhere', () => {
  const record = {
    id: 's',
    name: 'n',
    size: 1,
    sha256: 'x',
    contentType: 't',
    iv: 'i',
    tag: 'g',
    createdAt: 1,
  }

  it('comes behind what is there, with all that belongs to it', () => {
    const { outbox, location } = openedOutbox()
    outbox.append([note('z')])
    outbox.adopt({
      ...{ operations: [note('b'), note('a')], ids: [['local:x', '~1']] },
      ...{ specimens: [record], facts: [['told', 'yes']] },
    })
    outbox.close()
    const again = openOutbox(location)
    expect(again.pending().map(({ id }) => id)).toEqual(['z', 'b', 'a'])
    expect([again.idMap().get('local:x'), again.specimen('s'), again.fact('told')]).toEqual([
      '~1',
      record,
      'yes',
    ])
    expect([again.has('a'), again.has('c')]).toEqual([true, false])
    again.close()
  })

  it('comes whole or not at all', () => {
    const { outbox } = openedOutbox()
    outbox.append([note('known')])
    const brought = {
      ids: [['local:x', '~1'] as const],
      specimens: [record],
      facts: [['told', 'yes'] as const],
    }
    expect(() => outbox.adopt({ ...brought, operations: [note('new'), note('known')] })).toThrow()
    expect(outbox.pending().map(({ id }) => id)).toEqual(['known'])
    expect([outbox.idMap().size, outbox.specimens().length, outbox.fact('told')]).toEqual([0, 0, undefined])
  })
})
