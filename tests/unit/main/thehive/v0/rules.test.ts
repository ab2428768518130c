import { describe, expect, it } from 'vitest'
import { createAlertBody, updateAlertBody } from '#main/thehive/v0/alert-bodies.ts'
import { alertStatuses, readMarkFor } from '#main/thehive/v0/alert-status.ts'
import { readAudit } from '#main/thehive/v0/audits.ts'
import { caseStatusBody, caseStatuses } from '#main/thehive/v0/case-status.ts'
import { customFieldsBody, readCustomFields } from '#main/thehive/v0/custom-fields.ts'
import { capabilitiesOf as capabilitiesOfFour } from '#main/thehive/v0/four/capabilities.ts'
import type { OlderApi } from '#main/thehive/v0/older-api.ts'
import { readCase } from '#main/thehive/v0/read-case.ts'
import { changedArtifact } from '#main/thehive/v0/three/artifact-change.ts'
import { capabilitiesOf } from '#main/thehive/v0/three/capabilities.ts'
import { checkChange, checkInput } from '#main/thehive/v0/three/lacking.ts'
import { tlpScale } from '#main/thehive/scales.ts'
import type { AlertInput } from '#shared/model/alert.ts'
import { canDo } from '#shared/model/session.ts'
import { caseSchema } from '#shared/model/case.ts'
import { caseOfOlder, valueArtifact } from './wire.ts'

const scale = tlpScale('3.5.2')
const apiOf = (flavour: OlderApi['flavour']) => ({ flavour, scale }) as unknown as OlderApi
const sent = (body: unknown): unknown => JSON.parse(JSON.stringify(body))

const input: AlertInput = {
  ...{ type: 't', source: 's', sourceRef: 'r', title: 'x', description: '' },
  ...{ severity: 2, tlp: 'amber-strict', pap: 'amber', tags: ['a', 'a'], customFields: [] },
}

describe('what is sent to TheHive 3 and 4', () => {
  it('has no key TheHive 3 would refuse, and nothing less restricted than asked for', () => {
    expect(sent(createAlertBody(apiOf('thehive3'), input, []))).toEqual({
      ...{ type: 't', source: 's', sourceRef: 'r', title: 'x', description: '' },
      ...{ severity: 2, tlp: 3, tags: ['a'], artifacts: [] },
    })
    const link = { ...input, externalLink: 'https://x.example' }
    expect(sent(createAlertBody(apiOf('thehive4'), link, []))).toMatchObject({
      pap: 2,
      externalLink: 'https://x.example',
    })
  })

  it('never holds a status or half a list of tags', () => {
    const change = { status: 'Ignored', addTags: ['a'], removeTags: ['b'], title: 'y' }
    expect(sent(updateAlertBody(apiOf('thehive3'), change))).toEqual({ title: 'y' })
  })

  it('is refused by us where TheHive 3 would lose it', () => {
    const refused = expect.objectContaining({ kind: 'rejected', details: { sent: false } }) as unknown
    expect(() => checkInput({ ...input, pap: 'red' }, '3.5.2')).toThrow(refused as Error)
    expect(() => checkInput({ ...input, externalLink: 'https://x.example' }, '3.5.2')).toThrow()
    expect(() => checkInput({ ...input, externalLink: '' }, '3.5.2')).not.toThrow()
    const customFields = [{ name: 'a', type: 'string', value: 'x' }]
    expect(() => checkInput({ ...input, customFields }, '3.0.10')).toThrow()
    expect(() => checkInput({ ...input, customFields }, '3.1.0')).not.toThrow()
    for (const change of [{ assignee: null }, { summary: 's' }, { pap: 'red' as const }])
      expect(() => checkChange(change, '3.5.2')).toThrow()
  })
})

describe('custom fields', () => {
  const values = [
    { name: 'text', type: 'string', value: 'x', order: 0 },
    { name: 'count', type: 'integer', value: 3, order: 1 },
    { name: 'ratio', type: 'float', value: 0.5, order: 2 },
    { name: 'when', type: 'date', value: 1_000, order: 3 },
    { name: 'sure', type: 'boolean', value: false, order: 4 },
    { name: 'none', type: 'string', value: null, order: 5 },
  ]

  it('go to TheHive 4 and come back as they were', () => {
    const body = customFieldsBody(values, { flavour: 'thehive4' })
    expect(readCustomFields({ customFields: body })).toEqual(values)
  })

  it('are numbers of one kind to TheHive 3; types it does not know travel by their value', () => {
    const more = [...values, { name: 'link', type: 'url', value: 'https://x.example' }]
    const body = customFieldsBody(more, { flavour: 'thehive3' })
    expect(body).toMatchObject({ count: { number: 3 }, ratio: { number: 0.5 }, when: { date: 1_000 } })
    expect(body['link']).toEqual({ string: 'https://x.example' })
    expect(readCustomFields({ customFields: body }).map(({ value }) => value)).toEqual(
      more.map(({ value }) => value),
    )
  })
})

describe('statuses', () => {
  it('of alerts can be chosen as far as a read mark reaches', () => {
    expect(alertStatuses.map(({ value, stage }) => [value, stage])).toEqual([
      ['New', 'New'],
      ['Updated', 'New'],
      ['Ignored', 'Closed'],
      ['Imported', 'Imported'],
    ])
    expect(['New', 'Ignored', 'Updated', 'Imported', 'x'].map(readMarkFor)).toEqual([
      false,
      true,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('of cases say why one was closed, there and back', () => {
    for (const { value, stage } of caseStatuses) {
      const read = readCase(caseOfOlder(caseStatusBody(value)), scale)
      expect(caseSchema.parse(read)).toMatchObject({ status: value, stage, tlp: 'red' })
    }
    expect(caseStatusBody('Resolved')).toBeUndefined()
    expect(readCase(caseOfOlder({ status: 'Resolved' }), scale)).toMatchObject({
      status: 'Resolved',
      stage: 'Closed',
    })
  })
})

describe('capabilities', () => {
  it('of TheHive 3 follow the roles and the version, each with a reason', () => {
    const analyst = capabilitiesOf('3.5.2', ['read', 'write', 'alert'])
    for (const ability of ['createAlert', 'deleteAlert', 'markRead', 'importAlert', 'audit'] as const)
      expect(canDo(analyst, ability)).toBe(true)
    expect(analyst.tlps).not.toContain('amber-strict')
    expect(canDo(analyst, 'comment')).toMatch(/TheHive 3 has no comments/)
    expect(canDo(analyst, 'fileObservables')).toMatch(/with a new alert only/)
    expect(canDo(capabilitiesOf('3.5.2', ['read']), 'updateAlert')).toMatch(/role "write"/)
    expect(canDo(capabilitiesOf('3.5.2', ['read', 'write']), 'createAlert')).toMatch(/role "alert"/)
    const old = capabilitiesOf('3.0.3', ['read', 'write', 'alert'])
    expect(canDo(old, 'deleteAlert')).toMatch(/3\.4/)
    expect(canDo(old, 'alertCustomFields')).toMatch(/3\.1/)
    for (const ability of ['manageObservable', 'changeObservable'] as const) {
      expect(canDo(old, ability)).toMatch(/3\.0\.10/)
      for (const version of ['3.0.10', '3.5.2', 'unknown', ''])
        expect(canDo(capabilitiesOf(version, ['write']), ability)).toBe(true)
    }
    expect(canDo(old, 'createWithObservables')).toBe(true)
    expect([old.mergeLimit, analyst.mergeLimit]).toEqual([1, undefined])
  })

  it('of TheHive 4 follow the profile', () => {
    const analyst = capabilitiesOfFour(['manageAlert', 'manageCase'])
    for (const ability of ['fileObservables', 'zippedObservables', 'alertPap', 'createCase'] as const)
      expect(canDo(analyst, ability)).toBe(true)
    expect(canDo(analyst, 'summary')).toMatch(/never shows it/)
    expect(canDo(capabilitiesOfFour([]), 'markRead')).toMatch(/manageAlert/)
  })
})

describe('an embedded observable', () => {
  it('changes in the named fields and keeps every other, known or not', () => {
    const row = valueArtifact({ reports: { a: 1 } })
    const change = { tlp: 'clear', addTags: ['x'], removeTags: ['c2'], sighted: true } as const
    expect(changedArtifact(row, { ...change, addTags: ['x'], removeTags: ['c2'] }, scale)).toEqual({
      ...row,
      tlp: 0,
      tags: ['x'],
      sighted: true,
    })
  })
})

describe('an audit', () => {
  const row = { _id: '1', objectId: 'a1', objectType: 'alert', startDate: 5, createdBy: 'ana' }

  it('is told in the same words whoever tells it', () => {
    for (const operation of ['Delete', 'delete'])
      expect(readAudit({ ...row, operation })).toMatchObject({ action: 'delete', objectId: 'a1', at: 5 })
    expect(readAudit({ ...row, operation: 'Creation' })?.action).toBe('create')
    expect(readAudit({ ...row, operation: 'Update', details: '{"severity":3}' })?.details).toEqual({
      severity: 3,
    })
    expect(readAudit({ ...row, operation: 'Update', details: 'broken {' })?.details).toEqual({})
    expect(readAudit({ ...row, operation: 'Login' })).toBeUndefined()
  })
})
