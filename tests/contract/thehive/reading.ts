import { beforeAll, describe, expect, it } from 'vitest'
import { alertKey, alertSchema } from '#shared/model/alert.ts'
import { catalogSchema } from '#shared/model/catalog.ts'
import { caseSchema } from '#shared/model/case.ts'
import { observableSchema } from '#shared/model/observable.ts'
import { sessionSchema } from '#shared/model/session.ts'
import { allPages, freshInput, newest, signal } from './harness.ts'
import type { Harness } from './harness.ts'

/** What every adapter must read, and how. */
export function readingContract(harness: () => Harness): void {
  describe('connecting', () => {
    it('tells who we are and what we may do', async () => {
      const { session } = harness().server
      sessionSchema.parse(session)
      expect(session.capabilities).toMatchObject({ createAlert: true, updateAlert: true, importAlert: true })
      const reader = await harness().reader()
      expect(reader.session.capabilities).toMatchObject({ createAlert: false, updateAlert: false })
      await reader.close()
    })

    it('brings what the server knows besides alerts', async () => {
      const catalog = catalogSchema.parse(await harness().server.catalog(signal))
      expect(new Set(catalog.alertStatuses.map(({ stage }) => stage))).toContain('Imported')
      expect(catalog.caseTemplates.some(({ taskTitles }) => taskTitles.length > 0)).toBe(true)
      expect(catalog.users.map(({ login }) => login)).toContain(harness().server.session.login)
      expect(catalog.observableTypes).toContainEqual({ name: 'file', isAttachment: true })
    })
  })

  describe('pages', () => {
    const alertsFrom = (request = newest) =>
      allPages(request, (next) => harness().server.alertPage(next, signal), harness().readAlerts)

    it('bring every alert once, newest first, however small the pages', async () => {
      const { items, pages } = await alertsFrom({ ...newest, limit: 7 })
      items.forEach((alert) => alertSchema.parse(alert))
      expect(pages).toBeGreaterThan(5)
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
      expect(items).toHaveLength((await harness().server.countAlerts(signal)) ?? NaN)
      expect(items.map(({ createdAt }) => createdAt)).toEqual(
        items.map(({ createdAt }) => createdAt).sort((a, b) => b - a),
      )
    })

    it('can be moved to another thread', async () => {
      const bytes = await harness().server.alertPage({ ...newest, limit: 1 }, signal)
      const { buffer } = bytes
      expect(structuredClone(bytes, { transfer: [buffer as ArrayBuffer] }).length).toBeGreaterThan(0)
    })

    it('bring what changed since a moment, oldest change first', async () => {
      const { server } = harness()
      const changed = await server.createAlert(freshInput(), signal)
      await server.updateAlert(changed.id, { severity: 4 }, signal)
      const { updatedAt = 0 } = (await server.alert(changed.id, signal)) ?? {}
      const since = { ...newest, field: 'updatedAt', direction: 'asc' } as const
      const { items } = await alertsFrom({ ...since, cursor: { stamp: updatedAt, skip: 0 } })
      expect(items.map(({ id }) => id)).toContain(changed.id)
      expect(items.every((alert) => (alert.updatedAt ?? 0) >= updatedAt)).toBe(true)
      const { items: all } = await alertsFrom(since)
      expect(all.every((alert) => alert.updatedAt !== undefined)).toBe(true)
    })

    it('bring observables with the alert each belongs to, and none of cases', async () => {
      const { server, readObservables } = harness()
      const made = await server.createAlert(freshInput(), signal)
      const marks = { tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false } as const
      const values = [{ dataType: 'domain', data: 'promoted.example' }]
      await server.addValues(made.id, { values, marks: { ...marks, tags: [] } }, signal)
      const ofCase = await server.promote(made.id, {}, signal)
      const request = { ...newest, limit: 40 }
      const fetch = (next: typeof request) => server.observablePage(next, signal)
      const { items } = await allPages(request, fetch, readObservables)
      items.forEach(({ observable }) => observableSchema.parse(observable))
      const found = items.filter(({ observable }) => observable.data === 'promoted.example')
      expect(found.map(({ alertId }) => alertId)).toEqual([made.id])
      expect(items.map(({ alertId }) => alertId)).not.toContain(ofCase.id)
    })
  })

  describe('single things', () => {
    let key = ''
    let id = ''
    beforeAll(async () => {
      const input = freshInput({ source: 'Mail/box über', sourceRef: 'a b?#%&é' + Date.now() })
      const made = await harness().server.createAlert(input, signal)
      id = made.id
      key = alertKey(made)
    })

    it('are found by id and by their natural key', async () => {
      const byId = await harness().server.alert(id, signal)
      expect(byId).toMatchObject({ id, source: 'Mail/box über' })
      expect(await harness().server.alert(key, signal)).toEqual(byId)
    })

    it('are undefined when the server has no such thing', async () => {
      const { server } = harness()
      expect(await server.alert('~999999999', signal)).toBeUndefined()
      expect(await server.alert('no;such;alert', signal)).toBeUndefined()
      expect(await server.case('~999999999', signal)).toBeUndefined()
    })

    it('have observables and comments of their own', async () => {
      const { server } = harness()
      expect(await server.observables(id, signal)).toEqual([])
      expect(await server.comments(id, signal)).toEqual([])
    })
  })

  describe('cases', () => {
    it('come newest first, and only those changed since when asked', async () => {
      const { server } = harness()
      const made = await server.createCase({ title: 'Fresh', description: 'd', tags: ['t', 't'] }, signal)
      expect(made.tags).toEqual(['t'])
      const all = await server.cases({ limit: 5 }, signal)
      all.forEach((one) => caseSchema.parse(one))
      expect(all.map(({ createdAt }) => createdAt)).toEqual(
        all.map(({ createdAt }) => createdAt).sort((a, b) => b - a),
      )
      expect(all.map((one) => one.id)).toContain(made.id)
      const since = await server.cases({ limit: 100, updatedSince: made.createdAt }, signal)
      expect(since.map((one) => one.id)).toContain(made.id)
      expect(since.every((one) => Math.max(one.createdAt, one.updatedAt ?? 0) >= made.createdAt)).toBe(true)
    })

    it('are found by id and by number', async () => {
      const { server } = harness()
      const made = await server.createCase({ title: 'Numbered', description: '', tags: [] }, signal)
      expect(await server.case(String(made.number), signal)).toEqual(await server.case(made.id, signal))
    })
  })
}
