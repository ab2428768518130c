import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PageRequest } from '#main/domain/page.ts'
import { readAlertPage, readObservablePage } from '#main/thehive/v1/page-reader.ts'
import { alertSchema } from '#shared/model/alert.ts'
import { observableSchema } from '#shared/model/observable.ts'
import { tlpValues } from '#shared/model/scales.ts'

const context = { version: '5.6.2', host: 'hive.acme.example' }
const request: PageRequest = { field: 'createdAt', direction: 'desc', cursor: undefined, limit: 3 }
const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))

const wireAlert = (change: Record<string, unknown> = {}) => ({
  ...{ _id: '~1', _type: 'Alert', _createdBy: 'ana@acme.example', _createdAt: 1_000 },
  ...{ type: 'edr', source: 'sensor', sourceRef: 'r1', title: 't', description: '', severity: 2 },
  ...{ date: 900, tlp: 2, pap: 2, follow: true, status: 'New', stage: 'New', observableCount: 0 },
  extraData: {},
  ...change,
})
const wireObservable = (change: Record<string, unknown> = {}) => ({
  ...{ _id: '~9', _createdBy: 'ana@acme.example', _createdAt: 1_000, dataType: 'ip', data: '203.0.113.9' },
  ...{ tlp: 2, pap: 2, ioc: false, sighted: false, ignoreSimilarity: false, reports: {} },
  extraData: { links: { alert: { _id: '~1' } } },
  ...change,
})

const read = (rows: unknown[], change: Partial<PageRequest> = {}) =>
  readAlertPage(bytes(rows), { ...request, ...change }, context)

describe('an alert on a page', () => {
  it('becomes the model, optional fields or not', () => {
    const full = wireAlert({
      ...{
        assignee: 'ana',
        summary: 's',
        externalLink: 'https://x.example',
        caseId: '~7',
        caseTemplate: 'c',
      },
      ...{ _updatedAt: 2_000, _updatedBy: 'ben', tags: ['a'] },
      customFields: [{ _id: '~3', name: 'risk', type: 'integer', value: 5, order: 1 }],
    })
    const { items } = read([wireAlert(), full])
    items.forEach((alert) => alertSchema.parse(alert))
    expect(items[1]).toMatchObject({
      caseId: '~7',
      updatedAt: 2_000,
      customFields: [{ name: 'risk', value: 5 }],
    })
    expect(items[0]).not.toHaveProperty('assignee')
  })

  it('is the same whether its optional fields are null or absent, and whatever else it holds', () => {
    const nulls = {
      assignee: null,
      summary: null,
      caseId: null,
      tags: null,
      customFields: null,
      _updatedAt: null,
    }
    expect(read([wireAlert({ ...nulls, newThing: { deep: [1] } })])).toEqual(read([wireAlert()]))
  })

  it('has its TLP by meaning: 3 is red before 5.2 and amber+strict after', () => {
    const tlpOf = (version: string, tlp: number) =>
      readAlertPage(bytes([wireAlert({ tlp })]), request, { ...context, version }).items[0]?.tlp
    expect(tlpValues.map((_, number) => tlpOf('5.2.0', number))).toEqual([...tlpValues])
    expect(tlpOf('5.1.9', 3)).toBe('red')
  })

  it('is unreadable alone: every other one of the page is read, however it is broken', () => {
    const field = fc.constantFrom(
      '_id',
      'severity',
      'tlp',
      'pap',
      'title',
      'tags',
      'stage',
      'date',
      'customFields',
    )
    const wrong = fc.constantFrom<unknown>({ a: 1 }, true, -1, 1.5, 99)
    const broken = fc
      .tuple(field, wrong)
      .filter(([name, value]) => name !== 'date' || typeof value !== 'number')
      .map(([name, value]) => wireAlert({ [name]: value }))
    const row = fc.oneof(fc.constant(wireAlert()), broken, fc.constantFrom<unknown>(null, 7, 'x', []))
    fc.assert(
      fc.property(fc.array(row, { maxLength: 10 }), (rows) => {
        const good = rows.filter((one) => JSON.stringify(one) === JSON.stringify(wireAlert())).length
        fc.pre(rows.some((one) => typeof one === 'object' && one !== null && '_createdAt' in one))
        const { items, setAside } = read(rows, { limit: 100 })
        expect([items.length, setAside.length]).toEqual([good, rows.length - good])
        items.forEach((alert) => alertSchema.parse(alert))
        for (const { reason, body } of setAside)
          expect([reason.length > 10, body.length > 0]).toEqual([true, true])
      }),
    )
  })

  it('that is set aside keeps a reason in words and no more than 64 KB of its body', () => {
    const { setAside } = read([wireAlert({ severity: 'high', description: 'x'.repeat(200_000) })])
    expect(setAside[0]).toMatchObject({
      entity: 'alert',
      id: '~1',
      reason: '"severity" should be a number from 1 to 4, but is the text "high"',
    })
    expect(setAside[0]?.body.length).toBe(64 * 1024)
  })

  it('without an id gets the same name at every meeting', () => {
    const ids = [1, 2].map(() => read([wireAlert({ _id: 5 })]).setAside[0]?.id)
    expect(ids[0]).toBe(ids[1])
    expect(ids[0]).toMatch(/^unnamed:/)
  })
})

describe('the place of the next page', () => {
  it('counts every row, readable or not', () => {
    const rows = [
      wireAlert({ _createdAt: 30 }),
      wireAlert({ _createdAt: 20, title: 1 }),
      wireAlert({ _createdAt: 20 }),
    ]
    expect(read(rows).next).toEqual({ stamp: 20, skip: 2 })
    expect(read(rows, { cursor: { stamp: 20, skip: 4 } }).next).toEqual({ stamp: 20, skip: 6 })
    expect(read(rows.slice(0, 2)).next).toBeUndefined()
  })

  it('is found although the stamp of a row is unreadable', () => {
    const rows = [
      wireAlert({ _createdAt: 30 }),
      wireAlert({ _createdAt: 20 }),
      wireAlert({ _createdAt: 'x' }),
    ]
    expect(read(rows).next).toEqual({ stamp: 20, skip: 2 })
    const first = [
      wireAlert({ _createdAt: null }),
      wireAlert({ _createdAt: 20 }),
      wireAlert({ _createdAt: 20 }),
    ]
    expect(read(first).next).toEqual({ stamp: 20, skip: 3 })
  })
})

describe('a page that is none', () => {
  it.each([
    ['<html>Sign in</html>', 'a web page'],
    ['', 'nothing'],
    ['[{"_id"', 'not JSON'],
    ['{"type":"x"}', 'no list'],
  ])('%j is of an unexpected shape', (text, words) => {
    expect(() => readAlertPage(Buffer.from(text), request, context)).toThrow(
      expect.objectContaining({ kind: 'unexpected-shape', message: expect.stringContaining(words) }),
    )
  })
})

describe('an observable on a page', () => {
  const readObservables = (rows: unknown[]) =>
    readObservablePage(bytes(rows), { ...request, limit: 9 }, context)

  it('comes with its alert; those of cases are left out and not set aside', () => {
    const ofCase = wireObservable({ _id: '~8', extraData: { links: { case: { _id: '~5' } } } })
    const { items, setAside } = readObservables([wireObservable(), ofCase, wireObservable({ extraData: {} })])
    expect(setAside).toEqual([])
    expect(items).toEqual([
      { alertId: '~1', observable: expect.objectContaining({ id: '~9', data: '203.0.113.9' }) },
    ])
    items.forEach(({ observable }) => observableSchema.parse(observable))
  })

  it('that is a file is known by its SHA-256, wherever the server puts it', () => {
    const sha256 = 'a'.repeat(64)
    const attachment = { name: 'x.eml', size: 3, contentType: 'message/rfc822' }
    const shaOf = (extra: object) =>
      readObservables([wireObservable({ data: null, attachment: { ...attachment, ...extra } })]).items[0]
        ?.observable.attachment?.sha256
    expect(shaOf({ hashes: ['b'.repeat(40), sha256, 'c'.repeat(32)], id: 'x' })).toBe(sha256)
    expect(shaOf({ id: sha256 })).toBe(sha256)
  })

  it('that cannot be read is set aside', () => {
    expect(readObservables([wireObservable({ ioc: 'yes' })]).setAside).toMatchObject([
      { entity: 'observable', id: '~9', reason: '"ioc" should be true or false, but is the text "yes"' },
    ])
  })
})
