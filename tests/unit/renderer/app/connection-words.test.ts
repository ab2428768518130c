import { describe, expect, it } from 'vitest'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import { awayWords, connectionWords } from '../../../../src-renderer/app/connection-words.ts'

const status = (change: Partial<SyncStatus>): SyncStatus => ({
  ...{ connection: 'online', setAside: 0, waiting: 0, needAttention: 0, exported: 0 },
  ...change,
})
const problem = (kind: 'rate-limited' | 'server-error' | 'offline') => ({ kind, message: 'no' })

describe('the connection in words', () => {
  it.each([
    [status({}), false, 'Online', 'ok'],
    [status({}), true, 'Online, read-only', 'warn'],
    [status({ metered: true }), false, 'Online, metered', 'ok'],
    [status({ metered: true }), true, 'Online, read-only, metered', 'warn'],
    [status({ connection: 'offline', metered: true }), true, 'Offline', 'warn'],
    [
      status({ connection: 'offline', problem: problem('rate-limited') }),
      false,
      'Paused by the server',
      'warn',
    ],
    [status({ connection: 'refused' }), false, 'Refused', 'bad'],
    [status({ connection: 'working-offline' }), false, 'Working offline', 'warn'],
  ] as const)('%#: %o', (sync, readOnly, word, tone) => {
    expect(connectionWords(sync, readOnly)).toEqual({ word, tone })
  })

  it('a banner names what happened, not only that it did', () => {
    const away = (change: Partial<SyncStatus>) => awayWords(status({ connection: 'offline', ...change }))
    expect(away({ problem: problem('rate-limited') })).toBe('The server asks for a pause.')
    expect(away({ problem: problem('server-error') })).toBe('The server is in trouble.')
    expect(away({ problem: problem('offline') })).toBe('The server cannot be reached.')
    const tooOld = { kind: 'forbidden', message: 'no', details: { tooOld: '4.0.5' } } as const
    expect(away({ connection: 'refused', problem: tooOld })).toBe('This server is too old for Forager.')
    const byProxy = { kind: 'unauthorised', message: 'no', details: { status: 407 } } as const
    expect(away({ connection: 'refused', problem: byProxy })).toBe('The proxy refuses this account.')
    expect(away({ connection: 'refused' })).toBe('The server refuses this account.')
    expect(away({ connection: 'working-offline' })).toBe('Working offline, as you asked.')
  })
})
