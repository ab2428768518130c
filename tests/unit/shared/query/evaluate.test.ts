import { describe, expect, it } from 'vitest'
import type { Alert } from '#shared/model/alert.ts'
import type { Observable } from '#shared/model/observable.ts'
import { evaluate } from '#shared/query/evaluate.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { subjectOf } from '#shared/query/subject.ts'
import { anAlert } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'

const now = new Date(2026, 10, 8, 12).getTime()
const fits = (text: string, alert: Partial<Alert> = {}, observables: Observable[] = []): unknown => {
  const { filter, problems } = parseFilter(text)
  expect(problems).toEqual([])
  return evaluate(filter, subjectOf(anAlert(alert), observables, 12), now)
}

describe('what a filter means', () => {
  it('an absent value is no value: equal to nothing, and different from everything', () => {
    expect(fits('assignee:ana')).toBe(false)
    expect(fits('assignee!=ana')).toBe(true)
    expect(fits('-assignee:ana')).toBe(true)
    expect(fits('assignee:none')).toBe(true)
    expect(fits('cf.risk!=5')).toBe(true)
  })

  it('of several tags one that fits is enough, and none may be excluded', () => {
    const tags = ['vpn', 'seen']
    expect(fits('tag:vpn,other', { tags })).toBe(true)
    expect(fits('tag:vpn tag:seen', { tags })).toBe(true)
    expect(fits('tag:vpn -tag:seen', { tags })).toBe(false)
    expect(fits('tag!=vpn', { tags })).toBe(false)
  })

  it('exact comparisons see letter case, searches and wildcards do not', () => {
    const alert = { source: 'Mail-Gateway', title: 'Beacon to hxxps://login[.]example' }
    expect(fits('source:mail-gateway', alert)).toBe(false)
    expect(fits('source:mail-*', alert)).toBe(true)
    expect(fits('source:*gate', alert)).toBe(false)
    expect(fits('source:m*l*way', alert)).toBe(true)
    expect(fits('source^=mail', alert)).toBe(false)
    expect(fits('source$=Gateway', alert)).toBe(true)
    expect(fits('title:LOGIN.example', alert)).toBe(true)
    expect(fits('title=beacon', alert)).toBe(false)
  })

  it('a wildcard never takes the same characters twice', () => {
    expect(fits('source:ab*ba', { source: 'aba' })).toBe(false)
    expect(fits('source:ab*ba', { source: 'abba' })).toBe(true)
  })

  it('words are looked for in title, description, reference, tags and observables', () => {
    const observables = [anObservable({ data: 'evil.example' })]
    expect(fits('"encoded powershell" process r-1 edr evil', {}, observables)).toBe(true)
    expect(fits('sensor')).toBe(false)
    expect(fits('r-', { title: 'No such' })).toBe(false)
  })

  it('observables are found by part, value, range and type, however they are written', () => {
    const has = (text: string, data: string) => fits(text, {}, [anObservable({ data })])
    expect(has('obs:0.0.1', '10[.]0[.]0[.]17')).toBe(true)
    expect(has('obs=10.0.0.1', '10.0.0.17')).toBe(false)
    expect(has('obs=10.0.0.17', '10[.]0[.]0[.]17')).toBe(true)
    expect(has('obs:10.0.0.0/8', '10.255.3.4')).toBe(true)
    expect(has('obs:10.0.0.0/8', '110.0.0.1')).toBe(false)
    expect(has('obs:192.0.2.128/25', '192.0.2.127')).toBe(false)
    expect(has('obs:2001:db8::/32', '2001:0DB8:0:1::7')).toBe(true)
    expect(has('obs:2001:db8::/32', '2001:db9::1')).toBe(false)
    expect(has('obs:0.0.0.0/0', '::1')).toBe(false)
    expect(has('obstype:ip,url', 'x')).toBe(true)
  })

  it('a day is the whole day here, and a minute the whole minute', () => {
    const at = (...time: [number, number?, number?]) => ({ date: new Date(2026, 10, ...time).getTime() })
    expect(fits('date:2026-11-01', at(1, 23, 59))).toBe(true)
    expect(fits('date>2026-11-01', at(1, 23, 59))).toBe(false)
    expect(fits('date<=2026-11-01', at(1, 23, 59))).toBe(true)
    expect(fits('date:2026-11-01..2026-11-02', at(3))).toBe(false)
    expect(fits('date:2026-11-01T10:30', at(1, 10, 30))).toBe(true)
    expect(fits('date>-7d', at(1, 11))).toBe(false)
    expect(fits('date>-7d', at(1, 13))).toBe(true)
    expect(fits('date:today', at(8))).toBe(true)
    expect(fits('date>-1mo', at(1))).toBe(true)
  })

  it('what never changed counts as changed when it was created', () => {
    expect(fits('updated>-1h', { createdAt: now })).toBe(true)
    expect(fits('updated>-1h', { createdAt: 0, updatedAt: now })).toBe(true)
  })

  it('markings compare by meaning, counts and case numbers by size', () => {
    expect(fits('tlp>amber', { tlp: 'amber-strict' })).toBe(true)
    expect(fits('tlp>=red', { tlp: 'amber-strict' })).toBe(false)
    expect(fits('observables>=3', { observableCount: 3 })).toBe(true)
    expect(fits('case:12', { caseId: '~9' })).toBe(true)
  })

  it('a number equals text that says the same; quoted text is text', () => {
    const customFields = [
      { name: 'score', type: 'integer', value: 5 },
      { name: 'code', type: 'string', value: '5' },
    ]
    expect(fits('cf.score:5', { customFields })).toBe(true)
    expect(fits('cf.code:5', { customFields })).toBe(true)
    expect(fits('cf.score:"5"', { customFields })).toBe(false)
    expect(fits('cf.score:1..5 cf.score>4.5', { customFields })).toBe(true)
    expect(fits('cf.code>4', { customFields })).toBe(false)
  })

  it('an alert was read when the server says so, or where it cannot, when it left New', () => {
    expect(fits('read:no')).toBe(true)
    expect(fits('read:yes', { read: true })).toBe(true)
    expect(fits('read:yes', { stage: 'Closed' })).toBe(true)
  })

  it('an alert that the server shows is not gone', () => {
    expect([fits('gone:no'), fits('gone:yes')]).toEqual([true, false])
  })

  it('says nothing about what is not known, unless the rest decides', () => {
    const known = { texts: { source: ['mail'] }, numbers: {}, flags: {} }
    const answer = (text: string) => evaluate(parseFilter(text).filter, known, now)
    expect(answer('source:mail beacon')).toBeUndefined()
    expect(answer('source:edr beacon')).toBe(false)
    expect(answer('source:mail or beacon')).toBe(true)
    expect(answer('-beacon')).toBeUndefined()
  })
})
