import { describe, expect, test } from 'vitest'
import { createClient, useStandIn, type Json } from './client.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'

const now = Date.UTC(2026, 0, 31)
const hive = await useStandIn({ alerts: 1500, seed: 7, now, validate: true })
const ana = createClient(hive.url)
const everything = [{ _name: 'sort', _fields: [{ _createdAt: 'asc' }, { _id: 'asc' }] }]
const alerts = await ana.query({ _name: 'listAlert' }, ...everything)

const share = (accept: (alert: Json) => boolean) => alerts.filter(accept).length / alerts.length

describe('the made-up alerts', () => {
  test('are the same for the same seed and others for another', async () => {
    const listOf = async (seed: number) => {
      const other = await startStandIn({ alerts: 1500, seed, now })
      const list = await createClient(other.url).query({ _name: 'listAlert' }, ...everything)
      await other.stop()
      return list
    }
    expect(await listOf(7)).toEqual(alerts)
    expect(await listOf(8)).not.toEqual(alerts)
  })

  test('spread over the thirty days before now, in order of creation', () => {
    const stamps = alerts.map(({ _createdAt }) => _createdAt as number)
    expect(stamps).toEqual([...stamps].sort((a, b) => a - b))
    expect(stamps[0]).toBeGreaterThanOrEqual(now - 30 * 86_400_000)
    expect(
      Math.max(...alerts.map(({ _createdAt, _updatedAt }) => (_updatedAt ?? _createdAt) as number)),
    ).toBeLessThan(now)
    expect(alerts.every(({ date, _createdAt }) => (date as number) <= (_createdAt as number))).toBe(true)
  })

  test('are mostly new and of low or medium severity, with every kind among them', () => {
    expect(share(({ stage }) => stage === 'New')).toBeGreaterThan(0.7)
    expect(share(({ severity }) => (severity as number) <= 2)).toBeGreaterThan(0.6)
    expect(new Set(alerts.map(({ stage }) => stage))).toEqual(
      new Set(['New', 'InProgress', 'Imported', 'Closed']),
    )
    expect(new Set(alerts.map(({ type }) => type)).size).toBe(7)
  })

  test('weigh about 1.6 kB and show about three observables', () => {
    const size = JSON.stringify(alerts).length / alerts.length
    expect(size).toBeGreaterThan(1300)
    expect(size).toBeLessThan(1900)
    const observables = alerts.map(({ observableCount }) => observableCount as number)
    expect(Math.max(...observables)).toBeLessThanOrEqual(8)
    expect(observables.reduce((sum, each) => sum + each, 0) / alerts.length).toBeCloseTo(3.3, 0)
  })

  test('resemble each other: a typical alert has similar ones', async () => {
    const counts = await Promise.all(
      alerts
        .slice(0, 40)
        .map(({ _id }) =>
          ana.query({ _name: 'getAlert', idOrName: _id }, { _name: 'similarAlertLightCount' }),
        ),
    )
    expect(counts.filter((count) => (count as unknown as number) > 0).length).toBeGreaterThan(20)
  })

  test('imported ones belong to a case that lists them', async () => {
    const imported = alerts.filter(({ status }) => status === 'Imported')
    expect(imported.length).toBeGreaterThan(20)
    const [first] = imported
    const linked = await ana.query({ _name: 'getCase', idOrName: first?.caseId }, { _name: 'alerts' })
    expect(linked.map(({ _id }) => _id)).toContain(first?._id)
    expect((await ana.query({ _name: 'listCase' })).length).toBe(20)
  })

  test('speak only of addresses and names that documents may use', () => {
    const text = JSON.stringify(alerts)
    for (const [address] of text.matchAll(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g)) {
      expect(address).toMatch(/^(10\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|120\.0\.0\.0)/)
    }
    for (const [, host] of text.matchAll(/(?:https?:\/\/|@)([a-z0-9.-]+)/gi)) {
      expect(host).toMatch(/(example|example\.(com|net|org)|test|invalid)\.?$/)
    }
  })

  test('satisfy the API document', async ({ skip }) => {
    if (hive.validationAbsent) skip(hive.validationAbsent)
    hive.reset()
    for (const _name of ['listAlert', 'listCase', 'listObservable', 'listComment']) await ana.query({ _name })
    expect(hive.violations()).toEqual([])
  })
})
