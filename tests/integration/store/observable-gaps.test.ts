import { expect, it } from 'vitest'
import { anAlert } from '#tests/support/make.ts'
import { anObservable } from '#tests/support/store/an-observable.ts'
import { openedCache, tempProfile } from '#tests/support/store/temp-profile.ts'

it('an observable that came a second time still tells that the count of its alert does not fit', () => {
  const { writer } = openedCache(tempProfile({ keyHex: undefined }))
  writer.ingestAlerts([anAlert({ observableCount: 0 })], 1)
  const rows = [{ alertId: '~1', observable: anObservable() }]
  expect(writer.ingestObservables(rows).changed).toEqual(['~1'])
  expect(writer.ingestObservables(rows).changed).toEqual(['~1'])
  writer.ingestAlerts([anAlert({ observableCount: 1, updatedAt: 2_000 })], 2)
  expect(writer.ingestObservables(rows).changed).toEqual([])
})
