import { describe, expect, it } from 'vitest'
import type { OperationView } from '#shared/model/operation-view.ts'
import { untilAnalyst } from '#shared/model/operation.ts'
import { operationWords } from '../../../../src-renderer/ui/format/operation-words.ts'
import type { Line } from '../../../../src-renderer/ui/format/operation-words.ts'

const now = 600_000
const online: Line = { connection: 'online' }
const offline: Line = { connection: 'offline' }
const away: Line = { connection: 'working-offline' }
const refused: Line = { connection: 'refused' }
const refusedByProxy: Line = {
  connection: 'refused',
  problem: { kind: 'unauthorised', message: 'No.', details: { status: 407 } },
}
const paused: Line = { connection: 'offline', problem: { kind: 'rate-limited', message: 'Slow down.' } }

const said = (operation: Partial<OperationView>, line?: Line) =>
  operationWords({ attempts: 0, notBefore: 0, ...operation } as OperationView, now, line).text

describe('where a decision stands', () => {
  it.each([
    [online, 'can be undone; its turn comes in 7 s'],
    [offline, 'can be undone; waits for the connection'],
    [paused, 'can be undone; waits for the end of the pause the server asked for'],
    [away, 'can be undone; waits until Forager works online again'],
    [refused, 'can be undone; waits until the server accepts this account again'],
    [refusedByProxy, 'can be undone; waits until the proxy accepts this account again'],
    [{ connection: 'connecting' }, 'can be undone; waits for the connection'],
    [undefined, 'can be undone; waits for the connection'],
  ] as [Line | undefined, string][])('in its time to undo, %o', (line, words) => {
    expect(said({ state: 'held', notBefore: now + 7_000 }, line)).toBe(words)
  })

  it.each([online, offline, away, refused])('never says “now” of what cannot go, %o', (line) => {
    const over = said({ state: 'held', notBefore: now - 1 }, line)
    const ready = said({ state: 'ready' }, line)
    expect(over).toBe(`can be undone; ${ready}`)
    if (line === online) expect(ready).toBe('it is next to be sent')
    else expect(ready).toMatch(/^waits (for|until) /)
  })

  it('what is on hold says so, whatever the connection', () => {
    for (const line of [online, offline, away])
      expect(said({ state: 'held', notBefore: untilAnalyst }, line)).toBe('on hold until you send it')
  })

  it('what was tried counts down only while a try can come', () => {
    const tried = { state: 'retry-at', attempts: 2, notBefore: now + 20_000 } as const
    expect(said(tried, online)).toBe('tried 2 times, next try in 20 s')
    expect(said(tried, away)).toBe('tried 2 times, waits until Forager works online again')
  })
})
