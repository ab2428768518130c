import { describe, expect, it } from 'vitest'
import { allActions } from '../../../../src-renderer/app/actions/all-actions.ts'
import { chordsOf } from '../../../../src-renderer/app/keys/shortcuts.ts'
import { findActions } from '../../../../src-renderer/app/palette/find-actions.ts'
import { isOffered, titleOf } from '../../../../src-renderer/state/app.ts'
import type { App } from '../../../../src-renderer/state/app.ts'
import type { Stage } from '#shared/model/scales.ts'
import type { Session } from '#shared/model/session.ts'
import { everything } from '#tests/support/renderer-harness/sample-capabilities.ts'

type Capabilities = typeof everything
type Seen = {
  targets?: number[]
  alertId?: string
  flavour?: Session['flavour']
  stage?: Stage
  caseId?: string
}

/** Just what enablement looks at. */
function appWith(capabilities: Capabilities, more: Seen = {}): App {
  const { flavour = 'thehive5', stage = 'New', caseId } = more
  const seen = {
    profile: {
      open: { profile: { kind: 'thehive' }, session: { flavour, capabilities } },
      capabilities,
      sync: { connection: 'online', waiting: 0 },
    },
    queue: {
      targets: more.targets ?? [],
      cursor: more.targets?.[0],
      list: { newCount: 0 },
      selection: { chosen: new Set() },
      row: () => ({ title: 'One', stage, caseId }),
      rows: { keyOf: () => 1 },
    },
    nav: { place: { screen: 'queue', alertId: more.alertId }, canGoBack: false, canGoForward: false },
    decisions: { last: undefined },
    detail: { alertOf: () => undefined },
  }
  return seen as unknown as App
}

const offered = (app: App, id: string) => {
  const action = allActions.find((one) => one.id === id)
  return action && isOffered(app, action)
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
    const cannot = { importAlert: 'Your account may not promote or merge', comment: 'No comments for you' }
    const app = appWith({ ...everything, cannot }, { targets: [1] })
    expect(allowed(app, 'triage.promote')).toBe(cannot.importAlert)
    expect(allowed(app, 'triage.merge')).toBe(cannot.importAlert)
    expect(allowed(app, 'triage.note')).toBe(cannot.comment)
    expect(allowed(app, 'triage.severity')).toBe(true)
  })

  it('are not shown where the flavour has no such thing, and shown with the reason where only the account may not', () => {
    const none = 'TheHive 3 has none'
    const cannot = { status: none, comment: none, procedure: none, unlinkAlert: none, importAlert: 'Not you' }
    const old = appWith({ ...everything, cannot }, { targets: [1], flavour: 'thehive3' })
    for (const id of ['triage.start', 'triage.close', 'triage.note', 'triage.procedures', 'alert.unlink'])
      expect(offered(old, id)).toBe(false)
    expect(offered(old, 'triage.promote')).toBe(true)
    expect(allowed(old, 'triage.promote')).toBe('Not you')
    expect(offered(old, 'alert.read')).toBe(true)
    const five = appWith(everything, { targets: [1] })
    expect(offered(five, 'triage.close')).toBe(true)
    expect(offered(five, 'alert.read')).toBe(false)
  })

  it('reopen what is closed and unlink what is in a case, nothing else', () => {
    expect(allowed(appWith(everything, { targets: [1] }), 'triage.reopen')).toMatch(/closed/)
    expect(allowed(appWith(everything, { targets: [1], stage: 'Closed' }), 'triage.reopen')).toBe(true)
    expect(allowed(appWith(everything, { targets: [1] }), 'alert.unlink')).toBe('It is in no case')
    expect(allowed(appWith(everything, { targets: [1], caseId: '~5' }), 'alert.unlink')).toBe(true)
    expect(allowed(appWith(everything, { targets: [1, 2], caseId: '~5' }), 'alert.unlink')).toMatch(
      /One alert/,
    )
  })

  it('put an alert into a case once: what is in one already is to be unlinked first', () => {
    const free = appWith(everything, { targets: [1] })
    const imported = appWith(everything, { targets: [1], stage: 'Imported', caseId: '~5' })
    const several = appWith(everything, { targets: [1, 2], stage: 'Imported', caseId: '~5' })
    for (const id of ['triage.promote', 'triage.merge', 'triage.import']) {
      expect(allowed(free, id)).toBe(true)
      expect(allowed(imported, id)).toMatch(/in a case already: unlink it first/)
      expect(allowed(several, id)).toMatch(/2 in a case already/)
    }
    const cannot = { unlinkAlert: 'TheHive 3 cannot take an alert out of a case.' }
    const old = appWith({ ...everything, cannot }, { targets: [1], caseId: '~5', flavour: 'thehive3' })
    expect(allowed(old, 'triage.merge')).toBe('It is in a case already')
  })

  it('are called by what the server has: no PAP where alerts carry none', () => {
    const cannot = { alertPap: 'Alerts of TheHive 3 carry no PAP.' }
    const markings = allActions.find(({ id }) => id === 'triage.markings') ?? expect.fail('no markings')
    expect(titleOf(appWith({ ...everything, cannot }, { flavour: 'thehive3' }), markings)).toBe('TLP')
    expect(titleOf(appWith(everything), markings)).toBe('TLP and PAP')
  })

  it('give the server’s own reason when nobody may write', () => {
    const readOnlyReason = 'The licence has expired.'
    const app = appWith({ ...everything, readOnlyReason }, { targets: [1] })
    for (const id of ['triage.close', 'triage.promote', 'triage.assign-me', 'queue.create'])
      expect(allowed(app, id)).toBe(readOnlyReason)
  })

  it('send nothing where all that waits was exported or needs the analyst, and say which', () => {
    const sendNow = (waiting: number, needAttention: number, exported: number) => {
      const app = appWith(everything)
      Object.assign(app.profile, { sync: { connection: 'online', waiting, needAttention, exported } })
      return allowed(app, 'outbox.send-now')
    }
    expect(sendNow(0, 0, 0)).toBe('Nothing waits to be sent')
    expect(sendNow(4, 0, 4)).toBe('What waits was exported to a file: resume it first')
    expect(sendNow(4, 1, 3)).toBe('What waits was exported to a file: resume it first')
    expect(sendNow(2, 2, 0)).toBe('What waits needs you first')
    expect(sendNow(4, 1, 2)).toBe(true)
  })

  it('are found by a few letters, and all listed for none', () => {
    expect(findActions(allActions, 'promo')[0]?.id).toBe('triage.promote')
    expect(findActions(allActions, '  ')).toEqual(allActions)
    expect(findActions(allActions, 'zzzzqq')).toEqual([])
  })
})
