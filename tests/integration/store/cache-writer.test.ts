import { describe, expect, it } from 'vitest'
import { localCatalog } from '#main/services/local-workspace.ts'
import { aCase, aCreation, anAlert, anInput, anOperation, plainMarks } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'
import { openedCache } from '#tests/support/store/temp-profile.ts'

const close = anOperation('alert.update', {
  change: { status: 'Ignored', addTags: ['noise'] },
  effect: { stage: 'Closed' },
})

describe('ingesting server states', () => {
  it('answers what arrived and what changed, and takes an echo for nothing', () => {
    const { writer } = openedCache()
    expect(writer.ingestAlerts([anAlert(), anAlert({ id: '~2' })], 1)).toMatchObject({
      arrived: 2,
      changed: ['~1', '~2'],
    })
    expect(writer.ingestAlerts([anAlert(), anAlert({ id: '~2', severity: 4 })], 2)).toMatchObject({
      arrived: 0,
      changed: ['~2'],
    })
  })

  it('takes equal states for an echo whatever order their parts come in', () => {
    const { writer } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    const reversed = Object.fromEntries(Object.entries(anAlert()).reverse()) as ReturnType<typeof anAlert>
    expect(writer.ingestAlerts([reversed], 2).changed).toEqual([])
  })

  it('keeps the last of two states of one alert on one page', () => {
    const { writer } = openedCache()
    const { arrived } = writer.ingestAlerts([anAlert({ title: 'old' }), anAlert({ title: 'new' })], 1)
    expect(arrived).toBe(1)
    expect(writer.alert('~1').effective?.title).toBe('new')
  })

  it('never lets a state fetched before replace a newer one just read, but believes a server restored to the past', () => {
    const { writer } = openedCache()
    const title = () => writer.alert('~1').base?.title
    writer.ingestAlerts([anAlert({ title: 'newer', updatedAt: 9_000 })], 100_000)
    expect(writer.ingestAlerts([anAlert({ title: 'older', updatedAt: 8_000 })], 100_500)).toEqual({
      ...{ changed: [], arrived: 0, underPending: [] },
    })
    expect(title()).toBe('newer')
    writer.ingestAlerts([anAlert({ title: 'restored', updatedAt: 8_000 })], 400_000)
    expect(title()).toBe('restored')
  })

  it('tells by the server’s clock how long ago a state was made: ours may be set meanwhile', () => {
    const { writer } = openedCache()
    const [day, made] = [86_400_000, 1_790_000_000_000]
    const state = (severity: 2 | 4, updatedAt: number) => anAlert({ severity, updatedAt })
    writer.ingestAlerts([state(4, made)], made, made)
    writer.ingestAlerts([state(2, made - 60_000)], made + day, made + 30_000)
    expect(writer.alert('~1').base?.severity).toBe(4)
    writer.ingestAlerts([state(2, made - 60_000)], made - day, made + 600_000)
    expect(writer.alert('~1').base?.severity).toBe(2)
  })

  it('keeps a pending decision on top of a new server state, and hands that state over for comparison', () => {
    const { writer } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    writer.setPending([{ alertId: '~1', operations: [close] }])
    const theirs = anAlert({ title: 'Renamed by a colleague', tags: ['edr', 'vip'] })
    const answer = writer.ingestAlerts([theirs], 2)
    expect(answer.underPending).toEqual([theirs])
    expect(writer.alert('~1')).toEqual({
      base: theirs,
      effective: { ...theirs, status: 'Ignored', stage: 'Closed', tags: ['edr', 'vip', 'noise'] },
    })
  })

  it('keeps what is shown when a state comes before anybody has said what is pending', () => {
    const { location, writer } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    writer.setPending([{ alertId: '~1', operations: [close] }])
    const again = openedCache(location)
    again.writer.ingestAlerts([anAlert({ title: 'Renamed' })], 2)
    expect(again.writer.alert('~1')).toMatchObject({
      base: { title: 'Renamed' },
      effective: { stage: 'Closed' },
    })
  })

  it('shows the base again at start when its operation is gone from the outbox', () => {
    const { location, writer } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    writer.setPending([{ alertId: '~1', operations: [close] }])
    const again = openedCache(location)
    again.writer.restorePending([])
    expect(again.writer.alert('~1').effective).toEqual(anAlert())
  })

  it('forgets an alert created here when its creation is taken back', () => {
    const { writer, reader } = openedCache()
    const payload = aCreation({ input: anInput({ title: 'Call' }) })
    const create = anOperation('alert.create', payload, { alertId: 'local:a' })
    writer.setPending([{ alertId: 'local:a', operations: [create] }])
    expect(reader.detail('local:a')?.alert.title).toBe('Call')
    writer.setPending([{ alertId: 'local:a', operations: [] }])
    expect(reader.detail('local:a')).toBeUndefined()
    expect(reader.counts('ana').total).toBe(0)
  })

  it('drops and counts observables of alerts it does not have', () => {
    const { writer } = openedCache()
    writer.ingestAlerts([anAlert({ observableCount: 1 })], 1)
    const rows = ['~1', '~404'].map((alertId) => ({ alertId, observable: anObservable() }))
    expect(writer.ingestObservables(rows)).toEqual({ changed: ['~1'], orphans: 1 })
    expect(writer.ingestObservables(rows)).toEqual({ changed: [], orphans: 1 })
  })

  it('keeps an observable that was read just before, whatever a late list still says', () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert({ observableCount: 1 })], 1)
    const old = anObservable({ message: 'old', createdAt: 1 })
    const fresh = { ...old, message: 'new', updatedAt: 9 }
    writer.replaceObservables('~1', [fresh])
    expect(writer.ingestObservables([{ alertId: '~1', observable: old }]).changed).toEqual([])
    expect(reader.detail('~1')?.observables).toEqual([fresh])
    const newest = { ...old, message: 'newest', updatedAt: 10 }
    writer.ingestObservables([{ alertId: '~1', observable: newest }])
    expect(reader.detail('~1')?.observables).toEqual([newest])
  })

  it("replaces the server's observables and comments and keeps the pending ones", () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    const values = [{ dataType: 'ip', data: '192.0.2.99', localId: 'local:o' }]
    const add = anOperation('observable.add-values', { marks: plainMarks, values })
    const note = anOperation('comment.add', { localId: 'local:c', message: 'mine' })
    writer.setPending([{ alertId: '~1', operations: [add, note] }])
    const comment = { id: '~c1', message: 'theirs', createdAt: 1, createdBy: 'rolf', edited: false }
    writer.replaceObservables('~1', [anObservable(), anObservable({ id: '~o2' })])
    writer.replaceObservables('~1', [anObservable({ id: '~o2' })])
    writer.replaceComments('~1', [comment])
    const detail = reader.detail('~1')
    expect(detail?.observables.map(({ id, pending }) => [id, pending])).toEqual([
      ['~o2', undefined],
      ['local:o', true],
    ])
    expect(detail?.comments.map(({ message }) => message)).toEqual(['theirs', 'mine'])
  })

  it('counts what was set aside until it arrives readable', () => {
    const { writer } = openedCache()
    writer.setAside([{ entity: 'alert', id: '~1', reason: 'severity is a word', body: '{}' }])
    writer.setAside([{ entity: 'alert', id: '~1', reason: 'still', body: '{}' }])
    expect(writer.setAsideCount()).toBe(1)
    writer.ingestAlerts([anAlert()], 1)
    expect(writer.setAsideCount()).toBe(0)
  })

  it('forgets what was set aside of plain lists, and only that, when they are read anew', () => {
    const { writer } = openedCache()
    writer.setAside([
      { entity: 'alert', id: '~1', reason: 'severity is a word', body: '{}' },
      { entity: 'listed', id: 'cases:~7', reason: 'no title', body: '{}' },
    ])
    expect(writer.setAsideCount()).toBe(2)
    writer.forgetAside('listed')
    expect(writer.setAsideCount()).toBe(1)
  })

  it('remembers marks, session and catalogue across a restart', () => {
    const { location, writer } = openedCache()
    const catalog = localCatalog()
    expect(writer.marks()).toEqual({ fill: 'none', state: {} })
    writer.saveMarks({ fill: 'done', state: { cursor: { stamp: 5, skip: 1 } } })
    writer.saveCatalog(catalog)
    const again = openedCache(location)
    expect(again.writer.marks()).toEqual({ fill: 'done', state: { cursor: { stamp: 5, skip: 1 } } })
    expect(again.writer.catalog()).toEqual(catalog)
    expect(again.writer.session()).toBeUndefined()
  })
})

describe('finding alerts and cases by other names', () => {
  it('finds an alert by its natural key, the server’s before our own', () => {
    const { writer } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    expect(writer.alertIdByKey(anAlert())).toBe('~1')
    expect(writer.alertIdByKey({ ...anAlert(), sourceRef: 'other' })).toBeUndefined()
  })

  it('keeps a case the server gave and the one a pending promotion promises apart', () => {
    const { writer, reader } = openedCache()
    writer.ingestAlerts([anAlert()], 1)
    writer.upsertCases([aCase()])
    const predicted = aCase({ id: 'local:case', title: 'Promised', pending: true })
    delete predicted.number
    const promote = anOperation('alert.promote', { choices: {}, predicted })
    writer.setPending([{ alertId: '~1', operations: [promote] }])
    expect(reader.detail('~1')).toMatchObject({ alert: { stage: 'Imported' }, case: { title: 'Promised' } })
    expect(reader.searchCases('', 10)).toHaveLength(2)
    writer.setPending([{ alertId: '~1', operations: [] }])
    expect(reader.searchCases('', 10).map(({ id }) => id)).toEqual(['~9'])
  })
})
