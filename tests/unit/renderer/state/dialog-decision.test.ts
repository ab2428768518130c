import { describe, expect, it } from 'vitest'
import type { App } from '../../../../src-renderer/state/app.ts'
import { DialogDecision } from '../../../../src-renderer/state/dialog-decision.svelte.ts'
import { Dialogs } from '../../../../src-renderer/state/dialogs.svelte.ts'

const draft = { scope: 'p', place: 'closing', id: '~1' } as const

/** The severity of one alert is being decided; it is stored, or not, when the test says so. */
function deciding() {
  const dialogs = new Dialogs()
  dialogs.show({ kind: 'severity', ids: ['~1'] })
  const reported: string[] = []
  const dropped: unknown[] = []
  const app = {
    dialogs,
    queue: { focus: undefined },
    problems: { report: (_thrown: unknown, doing: string) => reported.push(doing) },
    decisions: { make: (_ids: unknown, _sentence: string, call: () => Promise<unknown>) => call() },
    drafts: { drop: (key: unknown) => dropped.push(key) },
  }
  const decision = new DialogDecision(app as unknown as App, draft)
  const calls: { done: () => void; failed: () => void }[] = []
  const make = () =>
    decision.make(['~1'], 'Set 1 alert to high severity', () => {
      const { promise, resolve, reject } = Promise.withResolvers<{ groupId: string; count: number }>()
      calls.push({
        done: () => resolve({ groupId: 'g1', count: 1 }),
        failed: () => reject(new Error('The disk is full.')),
      })
      return promise
    })
  return { app, dialogs, decision, make, calls, reported, dropped }
}

describe('a decision made in a dialog', () => {
  it('closes it once it is stored', async () => {
    const { app, dialogs, make, calls } = deciding()
    const made = make()
    calls[0]?.done()
    expect(await made).toEqual({ groupId: 'g1', count: 1 })
    expect(dialogs.open).toBeUndefined()
    expect(app.queue.focus).toEqual({ on: 'list' })
  })

  it('keeps the draft of what is typed until it is stored, or let go of', async () => {
    const { decision, make, calls, dropped, dialogs } = deciding()
    const refused = make()
    calls[0]?.failed()
    await refused
    expect(dropped).toEqual([])
    const made = make()
    decision.cancel()
    expect([dropped, dialogs.open]).toEqual([[], undefined])
    calls[1]?.done()
    await made
    expect(dropped).toEqual([draft])
    decision.cancel()
    expect(dropped).toEqual([draft, draft])
  })

  it('leaves another dialog that was opened meanwhile', async () => {
    const { app, dialogs, make, calls } = deciding()
    const made = make()
    dialogs.close()
    dialogs.show({ kind: 'tags', ids: ['~1'] })
    calls[0]?.done()
    expect(await made).toBeDefined()
    expect(dialogs.open).toEqual({ kind: 'tags', ids: ['~1'] })
    expect(app.queue.focus).toBeUndefined()
  })

  it('shows its failure in place', async () => {
    const { dialogs, decision, make, calls, reported } = deciding()
    const made = make()
    calls[0]?.failed()
    expect(await made).toBeUndefined()
    expect(decision.problem?.message).toContain('The disk is full.')
    expect(dialogs.open?.kind).toBe('severity')
    expect(reported).toEqual([])
  })

  it('tells of its failure elsewhere when its dialog was left', async () => {
    const { dialogs, make, calls, reported } = deciding()
    const made = make()
    dialogs.close()
    calls[0]?.failed()
    await made
    expect(reported).toEqual(['Not done: Set 1 alert to high severity'])
  })

  it('is made once, however often it is pressed', async () => {
    const { make, calls } = deciding()
    const made = make()
    expect(await make()).toBeUndefined()
    calls[0]?.done()
    await made
    expect(calls).toHaveLength(1)
  })
})
