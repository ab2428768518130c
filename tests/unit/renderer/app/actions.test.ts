import { describe, expect, it } from 'vitest'
import { allActions } from '../../../../src-renderer/app/actions/all-actions.ts'
import { chordsOf } from '../../../../src-renderer/app/keys/shortcuts.ts'
import { findActions } from '../../../../src-renderer/app/palette/find-actions.ts'
import type { App } from '../../../../src-renderer/state/app.ts'
import { everything } from '#tests/support/renderer-harness/sample-catalog.ts'

type Capabilities = typeof everything

/** Just what enablement looks at. */
function appWith(capabilities: Capabilities, more: { targets?: number[]; alertId?: string } = {}): App {
  const seen = {
    profile: {
      open: { profile: { kind: 'thehive' } },
      capabilities,
      sync: { connection: 'online', waiting: 0 },
    },
    queue: {
      targets: more.targets ?? [],
      cursor: more.targets?.[0],
      list: { newCount: 0 },
      selection: { chosen: new Set() },
    },
    nav: { place: { screen: 'queue', alertId: more.alertId }, canGoBack: false, canGoForward: false },
    decisions: { last: undefined },
  }
  return seen as unknown as App
}

const allowed = (app: App, id: string) => allActions.find((action) => action.id === id)?.enabled(app)

describe('actions', () => {
  it('have an id and a key of their own', () => {
    const ids = allActions.map((action) => action.id)
    const keys = allActions.flatMap((action) => action.keys)
    expect(new Set(ids).size).toBe(ids.length)
    expect(new Set(keys).size).toBe(keys.length)
    expect(chordsOf(allActions).size).toBe(keys.length)
  })

  it('have no single key that begins a two-stroke chord: it would never be reached', () => {
    const keys = new Set(allActions.flatMap((action) => action.keys))
    for (const key of keys) if (key.includes(' ')) expect(keys.has(key.split(' ')[0] ?? '')).toBe(false)
  })

  it('say what is missing when there is no alert to act on', () => {
    expect(allowed(appWith(everything), 'triage.close')).toBe('Choose an alert first')
    expect(allowed(appWith(everything, { targets: [1] }), 'triage.close')).toBe(true)
    expect(allowed(appWith(everything, { alertId: '~1' }), 'triage.promote')).toBe(true)
  })

  it('obey permissions before anything is queued, each with its reason', () => {
    const app = appWith({ ...everything, importAlert: false, comment: false }, { targets: [1] })
    expect(allowed(app, 'triage.promote')).toMatch(/may not promote or merge/)
    expect(allowed(app, 'triage.merge')).toMatch(/may not promote or merge/)
    expect(allowed(app, 'triage.note')).toMatch(/no comments/)
    expect(allowed(app, 'triage.severity')).toBe(true)
  })

  it('give the server’s own reason when nobody may write', () => {
    const readOnlyReason = 'The licence has expired.'
    const app = appWith({ ...everything, readOnlyReason }, { targets: [1] })
    for (const id of ['triage.close', 'triage.promote', 'triage.assign-me', 'queue.create'])
      expect(allowed(app, id)).toBe(readOnlyReason)
  })

  it('are found by a few letters, and all listed for none', () => {
    expect(findActions(allActions, 'promo')[0]?.id).toBe('triage.promote')
    expect(findActions(allActions, '  ')).toEqual(allActions)
    expect(findActions(allActions, 'zzzzqq')).toEqual([])
  })
})
