import { describe, expect, it, onTestFinished } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { ErrorKind } from '#shared/errors/error-kinds.ts'
import { createListening } from '#main/sync/listening.ts'

type Answer = boolean | ErrorKind | 'silence'
const error = (kind: ErrorKind, retryAfterMs?: number) =>
  new ForagerError(kind, 'no', retryAfterMs === undefined ? {} : { details: { retryAfterMs } })

/** Time that passes as soon as everybody sleeps, until `endMs`. */
function passingTime(endMs: number) {
  let now = 0
  const sleepers: { at: number; wake: () => void }[] = []
  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
  }
  const clock = {
    now: () => now,
    random: () => 0.999,
    sleep: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const sleeper = { at: now + ms, wake: resolve }
        sleepers.push(sleeper)
        signal.addEventListener('abort', () => {
          sleepers.splice(0, sleepers.length, ...sleepers.filter((one) => one !== sleeper))
          resolve()
        })
      }),
  }
  const pass = async () => {
    for (await settle(); ; await settle()) {
      const next = sleepers.toSorted((one, other) => one.at - other.at)[0]
      if (next === undefined || next.at > endMs) return
      sleepers.splice(sleepers.indexOf(next), 1)
      now = Math.max(now, next.at)
      next.wake()
    }
  }
  return { clock, pass }
}

/** One hour of listening to a server that opens and answers as told; the last answer is given for good. */
async function anHour({
  opens = [true],
  answers,
  afterMs = 0,
}: {
  opens?: Answer[]
  answers: Answer[]
  afterMs?: number
}) {
  const { clock, pass } = passingTime(3_600_000)
  const closing = new AbortController()
  onTestFinished(() => closing.abort())
  const seen = { opened: [] as number[], asked: [] as number[], told: [] as number[] }
  const say = async (list: Answer[], signal: AbortSignal): Promise<boolean> => {
    const answer = list.length > 1 ? list.shift() : list[0]
    if (afterMs > 0) await clock.sleep(afterMs, signal)
    if (answer === 'silence')
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(error('timeout'))))
    if (typeof answer !== 'boolean') throw error(answer!)
    return answer
  }
  const server = {
    openStream: async (signal: AbortSignal) => {
      seen.opened.push(clock.now())
      await say(opens, signal)
      return `stream ${seen.opened.length}`
    },
    streamTold: (_: string, signal: AbortSignal) => {
      seen.asked.push(clock.now())
      return say(answers, signal)
    },
  }
  const told = () => void seen.told.push(clock.now())
  const listening = createListening({ server: () => server, told, clock, signal: closing.signal })
  listening.review()
  await pass()
  return seen
}

describe('a stream that works', () => {
  it('is opened once and asked again as soon as its minute is over; nothing is told', async () => {
    const { opened, asked, told } = await anHour({ answers: [false], afterMs: 60_000 })
    expect(opened).toEqual([0])
    expect(asked.length).toBe(60)
    expect(told).toEqual([])
  })

  it('tells what happened', async () => {
    const { told } = await anHour({ answers: [false, true, false], afterMs: 30_000 })
    expect(told).toEqual([90_000])
  })

  it('that the server forgot is opened anew', async () => {
    const { opened, told } = await anHour({ answers: [false, 'not-found', true, false], afterMs: 20_000 })
    expect(opened.length).toBe(2)
    expect(told.length).toBe(1)
  })
})

describe('a stream that is none', () => {
  it.each(['not-found', 'forbidden', 'unauthorised', 'rejected'] as const)(
    '%s: it is asked for once',
    async (kind) => {
      expect(await anHour({ opens: [kind], answers: [true] })).toEqual({ opened: [0], asked: [], told: [] })
    },
  )

  it.each(['forbidden', 'unauthorised', 'rejected'] as const)(
    '%s when it is read: never read again',
    async (kind) => {
      const { opened, asked, told } = await anHour({ answers: [kind] })
      expect([opened.length, asked.length, told.length]).toEqual([1, 1, 0])
    },
  )

  it('forgotten each time, it is asked for ever less', async () => {
    const { opened, told } = await anHour({ answers: ['not-found'] })
    expect(opened.length).toBeLessThan(25)
    expect(told).toEqual([])
  })

  it.each(['server-error', 'timeout', 'offline', 'tls', 'unexpected-shape', 'rate-limited'] as const)(
    '%s: asked for ever less, and heard again once it works',
    async (kind) => {
      expect((await anHour({ answers: [kind] })).asked.length).toBeLessThan(25)
      const { told } = await anHour({ answers: [kind, kind, kind, true, 'silence'] })
      expect(told.length).toBe(1)
    },
  )
})

describe('a stream that lies', () => {
  it('saying at once that nothing happened, it is asked ever less', async () => {
    expect((await anHour({ answers: [false] })).asked.length).toBeLessThan(25)
  })

  it('saying at once that something happened, it is asked every few seconds at most', async () => {
    expect((await anHour({ answers: [true] })).asked.length).toBeLessThanOrEqual(3_600 / 5 + 1)
  })

  it('that says nothing at all is given up, and asked for ever less', async () => {
    const { asked, told } = await anHour({ answers: ['silence'] })
    expect(asked.length).toBeGreaterThan(5)
    expect(asked.length).toBeLessThan(25)
    expect(told).toEqual([])
  })
})

describe('whom to listen to', () => {
  it('is looked at again: another connection gets its own stream, none is left alone', async () => {
    const { clock, pass } = passingTime(100_000)
    const said: string[] = []
    const serverOf = (name: string) => ({
      openStream: async () => (said.push(`${name} opened`), name),
      streamTold: async (_: string, signal: AbortSignal) => {
        await clock.sleep(60_000, signal)
        if (signal.aborted) said.push(`${name} left`)
        return false
      },
    })
    const [first, second] = [serverOf('first'), serverOf('second')]
    let now: typeof first | undefined = first
    const closing = new AbortController()
    const listening = createListening({
      server: () => now,
      told: () => undefined,
      clock,
      signal: closing.signal,
    })
    const become = async (server: typeof first | undefined) => {
      now = server
      listening.review()
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
    }
    await become(first)
    await become(first)
    await become(undefined)
    await become(first)
    expect(said).toEqual(['first opened', 'first left'])
    await become(second)
    expect(said.slice(2).toSorted()).toEqual(['first left', 'second opened'])
    closing.abort()
    await pass()
    expect(said.slice(4)).toEqual(['second left'])
  })
})
