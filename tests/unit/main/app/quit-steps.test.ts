import { describe, expect, it } from 'vitest'
import { quitSteps } from '#main/app/quit-steps.ts'
import { createCallsInFlight } from '#main/ipc/calls-in-flight.ts'

describe('closing Forager', () => {
  it('ends what waits for a server, the keychain or a choice before it waits for what is being stored', async () => {
    const calls = createCallsInFlight()
    const [leaving, server] = [new AbortController(), Promise.withResolvers<never>()]
    const choice = Promise.withResolvers<void>()
    leaving.signal.addEventListener('abort', () => choice.resolve())
    const stored = Promise.withResolvers<void>()
    const order: string[] = []
    calls.track(server.promise).catch(() => order.push('server given up'))
    void calls.track(choice.promise).then(() => order.push('choice given up'))
    void calls.track(stored.promise).then(() => order.push('stored'))
    const stopFollowing = () => void order.push('power left')
    const core = {
      leave: () => Promise.resolve(server.reject(new Error('cancelled'))),
      stop: () => Promise.resolve(void order.push('closed')),
    }
    for (const { name, run } of quitSteps({ calls, core, leaving, stopFollowing })) {
      if (name === 'drain calls') setTimeout(stored.resolve, 10)
      await run()
    }
    expect(calls.open).toBe(false)
    expect(order[0]).toBe('power left')
    expect(order.slice(1, 3).toSorted()).toEqual(['choice given up', 'server given up'])
    expect(order.slice(3)).toEqual(['stored', 'closed'])
  })
})
