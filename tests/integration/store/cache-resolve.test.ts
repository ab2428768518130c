import { describe, expect, it } from 'vitest'
import { everything } from '#shared/query/filter.ts'
import { newestFirst } from '#shared/query/queue-sort.ts'
import { aCase, aCreation, anAlert, anOperation } from '#tests/support/make.ts'
import { openedCache } from '#tests/support/store/temp-profile.ts'

const create = anOperation('alert.create', aCreation(), { alertId: 'local:a' })
const note = anOperation('comment.add', { localId: 'local:c', message: 'mine' }, { alertId: 'local:a' })
const server = anAlert({ id: '~77', title: 'A call' })

const keysOf = ({ reader }: ReturnType<typeof openedCache>) =>
  reader.order({ filter: everything, sort: newestFirst, after: undefined, limit: 10 }).pks

describe('when a local id gets its server id', () => {
  it('keeps row and pending work of an alert that the server has not shown yet', () => {
    const cache = openedCache()
    cache.writer.setPending([{ alertId: 'local:a', operations: [create, note] }])
    const before = keysOf(cache)
    cache.writer.resolveLocal('alert', 'local:a', '~77')
    expect(keysOf(cache)).toEqual(before)
    expect(cache.reader.detail('local:a')).toBeUndefined()
    expect(cache.reader.detail('~77')).toMatchObject({
      alert: { id: '~77' },
      comments: [{ message: 'mine' }],
    })
  })

  it('makes one row of two when the server showed the alert first', () => {
    const cache = openedCache()
    cache.writer.setPending([{ alertId: 'local:a', operations: [create, note] }])
    const [before] = keysOf(cache)
    cache.writer.ingestAlerts([server], 1)
    cache.writer.replaceComments('~77', [
      { id: '~c', message: 'theirs', createdAt: 1, createdBy: 'rolf', edited: false },
    ])
    cache.writer.resolveLocal('alert', 'local:a', '~77')
    expect(keysOf(cache)).toEqual([before])
    expect(cache.writer.alert('~77').base).toEqual(server)
    expect(cache.reader.detail('~77')?.comments.map(({ message }) => message)).toEqual(['theirs', 'mine'])
    cache.writer.setPending([{ alertId: '~77', operations: [] }])
    expect(cache.writer.alert('~77').effective).toEqual(server)
    expect(cache.reader.counts('ana').total).toBe(1)
  })

  it('asked again by the id it has now, keeps the alert and what hangs on it', () => {
    const cache = openedCache()
    cache.writer.setPending([{ alertId: 'local:a', operations: [create, note] }])
    cache.writer.resolveLocal('alert', 'local:a', '~77')
    cache.writer.replaceComments('~77', [
      { id: '~c', message: 'theirs', createdAt: 1, createdBy: 'rolf', edited: false },
    ])
    const before = keysOf(cache)
    cache.writer.resolveLocal('alert', '~77', '~77')
    expect(keysOf(cache)).toEqual(before)
    expect(cache.reader.detail('~77')?.comments.map(({ message }) => message)).toEqual(['theirs', 'mine'])
  })

  it('carries the real case everywhere the promised one stood', () => {
    const cache = openedCache()
    const { writer, reader } = cache
    writer.ingestAlerts([anAlert(), anAlert({ id: '~2' })], 1)
    const predicted = aCase({ id: 'local:case', pending: true })
    const promote = anOperation('alert.promote', { choices: {}, predicted })
    const merge = anOperation('alert.merge', { caseId: 'local:case' }, { alertId: '~2' })
    writer.setPending([
      { alertId: '~1', operations: [promote] },
      { alertId: '~2', operations: [merge] },
    ])
    writer.resolveLocal('case', 'local:case', '~900')
    expect(reader.detail('~1')).toMatchObject({ alert: { caseId: '~900' }, case: { id: '~900' } })
    expect(reader.detail('~2')).toMatchObject({ alert: { caseId: '~900' } })
    expect(reader.case('local:case')).toBeUndefined()
    writer.ingestAlerts([anAlert({ id: '~2', title: 'Changed meanwhile' })], 2)
    expect(reader.detail('~2')).toMatchObject({ alert: { caseId: '~900', title: 'Changed meanwhile' } })
  })

  it('lets the case the server gave win over the promise', () => {
    const { writer, reader } = openedCache()
    writer.upsertCases([aCase({ id: '~900', title: 'Real' })])
    writer.ingestAlerts([anAlert()], 1)
    const promote = anOperation('alert.promote', { choices: {}, predicted: aCase({ id: 'local:case' }) })
    writer.setPending([{ alertId: '~1', operations: [promote] }])
    writer.resolveLocal('case', 'local:case', '~900')
    expect(reader.case('~900')?.title).toBe('Real')
  })

  it('says nothing about an id it has never seen', () => {
    const { writer } = openedCache()
    writer.resolveLocal('alert', 'local:x', '~1')
    writer.resolveLocal('case', 'local:x', '~1')
    expect(writer.alert('~1').effective).toBeUndefined()
  })
})
