import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PageRequest } from '#main/domain/page.ts'
import { pageReadersOf } from '#main/thehive/page-readers.ts'
import { pageSearch } from '#main/thehive/v0/search.ts'
import { alertSchema } from '#shared/model/alert.ts'
import { observableSchema } from '#shared/model/observable.ts'
import { alertOfFour, alertOfThree, bytes, fileArtifact, sha256, valueArtifact } from './wire.ts'

const request: PageRequest = { field: 'createdAt', direction: 'desc', cursor: undefined, limit: 3 }
const three = { ...pageReadersOf('thehive3'), context: { version: '3.5.2', host: 'hive.acme.example' } }
const four = { ...pageReadersOf('thehive4'), context: { version: '4.1.24', host: 'hive.acme.example' } }

const alertsOfThree = (rows: unknown[], change: Partial<PageRequest> = {}) =>
  three.alerts(bytes(rows), { ...request, ...change }, three.context)
const observablesOfThree = (rows: unknown[]) => three.observables(bytes(rows), request, three.context)
const alertsOfFour = (rows: unknown[]) => four.alerts(bytes(rows), request, four.context)

describe('a page of TheHive 3', () => {
  it('gives alerts of the model, whatever else they hold', () => {
    const { items, setAside } = alertsOfThree([
      alertOfThree({ user: 'ana', somethingNew: { deep: 1 } }),
      alertOfThree({ case: 'c1', status: 'Imported', updatedAt: 7, updatedBy: 'ben', caseTemplate: 'x' }),
    ])
    expect(setAside).toEqual([])
    items.forEach((alert) => alertSchema.parse(alert))
    expect(items[0]).toMatchObject({ observableCount: 2, pap: 'amber', createdBy: 'ana', read: false })
    expect(items[0]).not.toHaveProperty('updatedAt')
    expect(items[1]).toMatchObject({ caseId: 'c1', updatedAt: 7, updatedBy: 'ben', caseTemplate: 'x' })
  })

  it.each([
    ['New', undefined, 'New', false],
    ['Updated', undefined, 'New', false],
    ['Updated', 'c1', 'Imported', false],
    ['Ignored', undefined, 'Closed', true],
    ['Imported', 'c1', 'Imported', true],
  ])('has %s with case %s in the stage %s, read: %s', (status, caseId, stage, read) => {
    const [alert] = alertsOfThree([alertOfThree({ status, case: caseId })]).items
    expect(alert).toMatchObject({ status, stage, read })
  })

  it('calls 3 red', () => {
    const tlps = [0, 1, 2, 3].map((tlp) => alertsOfThree([alertOfThree({ tlp })]).items[0]?.tlp)
    expect(tlps).toEqual(['clear', 'green', 'amber', 'red'])
  })

  it('gives the observables inside its alerts, each with an id of its own that stays', () => {
    const page = () => observablesOfThree([alertOfThree(), alertOfThree({ _id: 'a2' })])
    const { items } = page()
    items.forEach(({ observable }) => observableSchema.parse(observable))
    expect(items.map(({ alertId }) => alertId)).toEqual(['a1', 'a1', 'a2', 'a2'])
    expect(new Set(items.map(({ observable }) => observable.id)).size).toBe(4)
    expect(page()).toEqual(observablesOfThree([alertOfThree(), alertOfThree({ _id: 'a2' })]))
    expect(items[0]?.observable).toMatchObject({ tlp: 'red', ioc: true, tags: ['c2'], createdAt: 1_000 })
    expect(items[1]?.observable).toMatchObject({ tlp: 'amber', attachment: { sha256, size: 7 } })
  })

  it('keeps the id of an observable when all but type and content change', () => {
    const idOf = (artifact: object) =>
      observablesOfThree([alertOfThree({ artifacts: [artifact] })]).items[0]?.observable.id
    const id = idOf(valueArtifact())
    expect(idOf(valueArtifact({ tags: [], message: 'other', tlp: 0, ioc: false }))).toBe(id)
    expect(idOf(valueArtifact({ data: '203.0.113.10' }))).not.toBe(id)
    expect(idOf(valueArtifact({ dataType: 'other' }))).not.toBe(id)
  })

  it('shows an observable once that a change has repeated, and names a file only MISP has', () => {
    const remote = { reference: 'm1', filename: 'sample.exe' }
    const artifacts = [valueArtifact(), valueArtifact({ tags: [] }), { ...fileArtifact(), attachment: null }]
    Object.assign(artifacts[2] ?? {}, { remoteAttachment: remote })
    const { items } = observablesOfThree([alertOfThree({ artifacts })])
    expect(items.map(({ observable }) => observable.data)).toEqual(['203.0.113.9', 'sample.exe'])
  })

  it('goes on past an alert or an observable that cannot be read', () => {
    const broken = fc.constantFrom<unknown>(
      alertOfThree({ severity: 'high' }),
      alertOfThree({ tlp: 9 }),
      alertOfThree({ title: null }),
      alertOfThree({ tags: 'x' }),
      alertOfThree({ customFields: [1] }),
      null,
      7,
    )
    fc.assert(
      fc.property(fc.array(broken, { maxLength: 4 }), (rows) => {
        const { items, setAside } = alertsOfThree([alertOfThree(), ...rows], { limit: 100 })
        expect([items.length, setAside.length]).toEqual([1, rows.length])
      }),
    )
    const artifacts = [valueArtifact({ tags: 5 }), valueArtifact()]
    const { items, setAside } = observablesOfThree([alertOfThree({ artifacts })])
    expect(items).toHaveLength(1)
    expect(setAside).toMatchObject([{ entity: 'observable', reason: expect.stringContaining('tags') }])
  })

  it('is followed by the rows that share its last moment', () => {
    const rows = [9, 5, 5].map((createdAt, at) => alertOfThree({ _id: `a${at}`, createdAt }))
    expect(alertsOfThree(rows).next).toEqual({ stamp: 5, skip: 2 })
    expect(alertsOfThree(rows, { cursor: { stamp: 5, skip: 4 } }).next).toEqual({ stamp: 5, skip: 6 })
    expect(alertsOfThree(rows, { limit: 4 }).next).toBeUndefined()
  })
})

describe('a page of TheHive 4', () => {
  it.each([
    [false, undefined, 'New', 'New'],
    [true, undefined, 'Ignored', 'Closed'],
    [true, '~7', 'Imported', 'Imported'],
    [false, '~7', 'Updated', 'Imported'],
  ])('makes of read %s and case %s the status %s in the stage %s', (read, caseId, status, stage) => {
    const [alert] = alertsOfFour([alertOfFour({ read, caseId })]).items
    expect(alertSchema.parse(alert)).toMatchObject({ read, status, stage })
  })

  it('keeps an alert whose severity is off the scale', () => {
    const severities = [0, 3, 9].map(
      (severity) => alertsOfFour([alertOfFour({ severity })]).items[0]?.severity,
    )
    expect(severities).toEqual([1, 3, 4])
    expect(alertsOfFour([alertOfFour({ severity: 1.5 })]).setAside).toHaveLength(1)
  })
})

describe('the question for a page over /api', () => {
  it('starts at the cursor, inclusive, and is in the same order every time', () => {
    const cursor = { stamp: 9, skip: 4 }
    expect(pageSearch('alert', { field: 'updatedAt', direction: 'asc', cursor, limit: 10 })).toEqual({
      model: 'alert',
      query: { _gte: { updatedAt: 9 } },
      range: '4-14',
      sort: ['+updatedAt', '+sourceRef', '+source', '+type'],
    })
  })

  it('leaves out what was never updated, also without a cursor', () => {
    const { query } = pageSearch('alert', { ...request, field: 'updatedAt' })
    expect(query).toEqual({ _gte: { updatedAt: 0 } })
    expect(pageSearch('alert', { ...request, cursor: { stamp: 9, skip: 0 } }).query).toEqual({
      _lte: { createdAt: 9 },
    })
  })
})
