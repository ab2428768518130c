import { describe, expect, it } from 'vitest'
import { untilAnalyst } from '#shared/model/operation.ts'
import { settingsChangeSchema } from '#shared/model/settings.ts'
import type { UndoWindow } from '#shared/model/settings.ts'
import { readSettings, saveSettings } from '#main/services/settings.ts'
import { updateAlerts } from '#main/services/triage.ts'
import { anAlert } from '#tests/support/make.ts'
import { servicesRig } from '#tests/support/services-rig.ts'
import { memoryOutbox } from '#tests/support/sync/memory-outbox.ts'

describe('settings', () => {
  it('are the defaults until something is set, and keep what is not named', () => {
    const outbox = memoryOutbox()
    expect(readSettings(outbox)).toMatchObject({ undoWindow: 10 })
    saveSettings({ undoWindow: 'until-sent' }, outbox)
    saveSettings({}, outbox)
    expect(readSettings(outbox)).toMatchObject({ undoWindow: 'until-sent' })
  })

  it('one that cannot be read has its default; the others stay', () => {
    const outbox = memoryOutbox()
    outbox.saveFact('settings', JSON.stringify({ undoWindow: 'a fortnight', later: 1 }))
    expect(readSettings(outbox)).toMatchObject({ undoWindow: 10 })
  })

  it.each([1, 2, 61, 3.5, -1, 'never'])('refuses an undo window of %s', (undoWindow) => {
    expect(settingsChangeSchema.safeParse({ undoWindow }).success).toBe(false)
  })
})

describe('the undo window', () => {
  it.each<[UndoWindow, number]>([
    [10, 11_000],
    [60, 61_000],
    [0, 1_000],
    ['until-sent', untilAnalyst],
  ])('of %s lets a decision rest until %s', async (undoWindow, notBefore) => {
    const { context, outbox } = servicesRig({ alerts: [anAlert()] })
    saveSettings({ undoWindow }, outbox)
    await updateAlerts({ ids: ['~1'], change: { severity: 4 } }, context)
    expect(outbox.operations).toMatchObject([{ state: 'held', notBefore }])
  })
})
