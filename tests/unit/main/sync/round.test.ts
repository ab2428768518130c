import { describe, expect, it } from 'vitest'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { SyncCache } from '#main/sync/ports.ts'
import { createRound } from '#main/sync/round.ts'
import type { Wishes } from '#main/sync/round.ts'
import { SendGate } from '#main/sync/send-gate.ts'
import type { TheHiveServer } from '#main/thehive/port.ts'
import { anOperation } from '#tests/support/make.ts'
import { runnerRig } from '#tests/support/sync/runner-rig.ts'

type Rig = ReturnType<typeof runnerRig>
type Parts = Parameters<typeof createRound>[0]

const nothing = () => undefined

/** A round of the real runner; what it asks of the cache besides has no answer. */
function roundOf({ book, cache, time }: Rig, wishes: Wishes) {
  return createRound({
    ...{ book, cache, wishes },
    specimens: { upload: () => Promise.reject(new Error('no files here')) },
    clock: { now: () => time.now, random: () => 0, sleep: () => Promise.resolve() },
    events: { status: nothing, connected: nothing, outboxChanged: nothing, changed: nothing },
    signal: new AbortController().signal,
    board: { tell: nothing } as unknown as Parts['board'],
    looking: {} as Parts['looking'],
    gate: new SendGate(),
    ...{ holds: () => true, isPaused: () => false, urgent: () => false },
  })
}

const online = (): Wishes => ({ attention: { visible: true }, workOffline: false, cancelFill: false })

/** The same server, some of whose calls are these. */
const answering = (server: TheHiveServer, calls: Partial<TheHiveServer>): TheHiveServer => ({
  ...server,
  ...calls,
})

const conflicts = [{ field: 'severity', base: 2, mine: 4, theirs: 3 }]
/** Of both the server is asked after a drain: who set the field, and what became of the alert. */
const inConflictAndRefused = [
  anOperation(
    'alert.update',
    { change: { severity: 4 }, effect: {} },
    {
      ...{ id: 'a', state: 'conflict', base: { severity: 2 }, conflicts },
    },
  ),
  anOperation(
    'alert.follow',
    { follow: false },
    {
      ...{ id: 'b', alertId: '~2', state: 'rejected' },
      lastError: { kind: 'not-found', message: 'no such alert' },
    },
  ),
]

describe('working offline', () => {
  it('stops a drain under way: what is on its way ends, the rest waits until it is switched off', async () => {
    const comments = [1, 2, 3, 4].map((n) =>
      anOperation('comment.add', { localId: `local:m${n}`, message: `seen ${n}` }, { id: `c${n}` }),
    )
    const rig = runnerRig(comments)
    const wishes = online()
    const { server } = rig.hive
    const asked = answering(server, {
      addComment: async (...args) => {
        const made = await server.addComment(...args)
        wishes.workOffline = true
        return made
      },
    })
    const round = roundOf(rig, wishes)
    await round.send(asked)
    expect(rig.hive.effects).toHaveLength(1)
    expect(rig.states()).toEqual({ c1: 'sent', c2: 'ready', c3: 'ready', c4: 'ready' })
    wishes.workOffline = false
    await round.send(server)
    expect(rig.hive.effects).toHaveLength(4)
    expect(Object.values(rig.states())).toEqual(['sent', 'sent', 'sent', 'sent'])
  })

  it('asks nothing more about conflicts and refusals once it is on', async () => {
    const rig = runnerRig([
      ...inConflictAndRefused,
      anOperation('comment.add', { localId: 'local:m', message: 'seen' }, { id: 'c', alertId: '~3' }),
    ])
    const wishes = online()
    const { server } = rig.hive
    const asked: string[] = []
    await roundOf(rig, wishes).send(
      answering(server, {
        addComment: async (...args) => {
          wishes.workOffline = true
          return server.addComment(...args)
        },
        alertHistory: (id) => (asked.push(id), Promise.resolve([])),
        deletionOf: ({ id }) => (asked.push(id), Promise.resolve(undefined)),
      }),
    )
    expect(asked).toEqual([])
    expect(rig.states()).toMatchObject({ a: 'conflict', b: 'rejected' })
  })

  it('ends a pull between two of its requests', async () => {
    const rig = runnerRig([])
    const wishes = online()
    const cache = new Proxy({} as SyncCache, {
      get: (_, method) => () =>
        Promise.resolve(
          method === 'marks' ? { fill: 'done', state: {} } : method === 'upsertListedCases' ? [] : undefined,
        ),
    })
    const untouched = () => expect.fail('asked although the analyst works offline')
    const asked = answering(rig.hive.server, {
      cases: () => {
        wishes.workOffline = true
        return Promise.resolve([])
      },
      ...{ alertPage: untouched, observablePage: untouched },
    })
    await expect(roundOf({ ...rig, cache }, wishes).pull(asked)).rejects.toMatchObject({ kind: 'cancelled' })
  })
})

describe('a server that fails over who stands behind a conflict', () => {
  it('is as good as before for all the rest of the round', async () => {
    const rig = runnerRig(inConflictAndRefused)
    const failure = new ForagerError('server-error', 'no', { details: { status: 500, sent: true } })
    const server = answering(rig.hive.server, { alertHistory: () => Promise.reject(failure) })
    await roundOf(rig, online()).send(server)
    expect(rig.book.get('a')?.conflicts).toEqual(conflicts)
    expect(rig.book.get('b')?.gone).toMatchObject({ what: 'alert' })
  })
})
