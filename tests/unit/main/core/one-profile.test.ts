import { beforeEach, describe, expect, it } from 'vitest'
import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { SyncStatus } from '#shared/model/sync-status.ts'
import type { OpenRequest } from '#main/core/messages.ts'
import { oneProfile } from '#main/core/one-profile.ts'
import type { OpenedProfile, Tell } from '#main/core/open-profile.ts'
import { localSession } from '#main/services/local-workspace.ts'

type Opening = {
  request: OpenRequest
  tell: Tell
  succeed: () => void
  fail: (error: Error) => void
}

let openings: Opening[]
/** What is open behind the scenes, by name. */
let alive: string[]
let told: unknown[]
let closeFails: Error | undefined
let connection: SyncStatus['connection']

const status: SyncStatus = { connection: 'online', setAside: 0, waiting: 0, needAttention: 0, exported: 0 }
const requestOf = (name: string): OpenRequest => ({
  profile: { id: name, kind: 'local', name },
  ...{ folder: `/${name}`, keyHex: 'ab' },
})
const turn = () => new Promise((resolve) => setImmediate(resolve))

function openedAs({ profile }: OpenRequest): OpenedProfile {
  alive.push(profile.name)
  return {
    summary: () => ({ profile, session: localSession(profile), sync: { ...status, connection } }),
    close: async () => {
      await turn()
      alive = alive.filter((name) => name !== profile.name)
      if (closeFails !== undefined) throw closeFails
    },
  } as unknown as OpenedProfile
}

/** Each opening waits for the test's word. */
function rig() {
  return oneProfile({
    openProfile: (request, tell) =>
      new Promise((resolve, reject) => {
        openings.push({ request, tell, succeed: () => resolve(openedAs(request)), fail: reject })
      }),
    tell: (name, payload) => told.push([name, payload]),
  })
}

async function opened(name: string, one: ReturnType<typeof oneProfile>): Promise<Opening> {
  const before = openings.length
  const done = one.open(requestOf(name))
  while (openings.length === before) await turn()
  openings.at(-1)!.succeed()
  await done
  return openings.at(-1)!
}

beforeEach(() => {
  openings = []
  alive = []
  told = []
  closeFails = undefined
  connection = 'online'
})

describe('one profile at a time', () => {
  it('opens the next only when the one before is closed', async () => {
    const one = rig()
    await opened('A', one)
    await opened('B', one)
    expect(alive).toEqual(['B'])
    expect(one.current()?.summary().profile.name).toBe('B')
  })

  it('of three opens at once the last is open, and what nobody waits for is not even begun', async () => {
    const one = rig()
    const first = one.open(requestOf('A'))
    await turn()
    const ended = Promise.allSettled([first, one.open(requestOf('B')), one.open(requestOf('C'))])
    openings[0]!.succeed()
    while (openings.length < 2) await turn()
    openings[1]!.succeed()
    const overtaken = { reason: { kind: 'cancelled' } }
    expect(await ended).toMatchObject([overtaken, overtaken, { status: 'fulfilled' }])
    expect(openings.map(({ request }) => request.profile.name)).toEqual(['A', 'C'])
    expect(alive).toEqual(['C'])
  })

  it('a close waits for the opening that it ends', async () => {
    const one = rig()
    const asked = expect(one.open(requestOf('A'))).rejects.toMatchObject({ kind: 'cancelled' })
    await turn()
    let isClosed = false
    const closing = one.close().then(() => (isClosed = true))
    await turn()
    expect(isClosed).toBe(false)
    openings[0]!.succeed()
    await Promise.all([asked, closing])
    expect(alive).toEqual([])
    expect(one.current()).toBeUndefined()
  })
})

describe('what the page hears', () => {
  it('is of the open profile alone: nothing of one that opens still, nothing of one that was left', async () => {
    const one = rig()
    const speak = ({ tell }: Opening, waiting: number) => tell('sync.status', { ...status, waiting })
    const heard = () => told.filter((one) => (one as [string])[0] === 'sync.status')
    const a = await opened('A', one)
    speak(a, 1)
    const switching = one.open(requestOf('B'))
    while (openings.length < 2) await turn()
    const b = openings[1]!
    speak(a, 2)
    speak(b, 3)
    b.succeed()
    await switching
    speak(a, 4)
    speak(b, 5)
    expect(heard().map((event) => (event as [string, SyncStatus])[1].waiting)).toEqual([1, 5])
  })
})

/** What the page was told is open, by name. */
const shown = () =>
  told
    .filter((one) => (one as [string])[0] === 'profile.changed')
    .map((one) => (one as [string, OpenProfile | null])[1]?.profile.name ?? null)

describe('a switch that fails', () => {
  const full = new ForagerError('disk-full', 'The disk is full.', { did: 'Nothing was changed.' })

  async function failing(one: ReturnType<typeof oneProfile>) {
    const failed = one.open(requestOf('B')).catch((thrown: unknown) => thrown)
    while (openings.at(-1)!.request.profile.name !== 'B') await turn()
    openings.at(-1)!.fail(full)
    while (openings.at(-1)!.request.profile.name !== 'A') await turn()
    return { failed, again: openings.at(-1)! }
  }

  it('brings back what was open, as it was left, and says so', async () => {
    const one = rig()
    connection = 'working-offline'
    await opened('A', one)
    const { failed, again } = await failing(one)
    again.tell('outbox.changed', { waiting: 1, needAttention: 0, exported: 0 })
    again.succeed()
    expect(await failed).toMatchObject({
      ...{ kind: 'disk-full', message: 'The disk is full.' },
      did: 'Nothing was changed. A is open as before.',
    })
    expect(again.request).toEqual({ ...requestOf('A'), workOffline: true })
    expect(alive).toEqual(['A'])
    expect(shown()).toEqual(['A', 'A'])
    // The page shows it all the while.
    expect(told.at(-2)).toMatchObject(['outbox.changed', { waiting: 1 }])
  })

  it('tells the page that nothing is open when that does not open either', async () => {
    const one = rig()
    await opened('A', one)
    const { failed, again } = await failing(one)
    again.fail(new Error('no such folder'))
    const did = expect.stringMatching(
      /^Nothing was changed\. A could not be opened again: .*no such folder$/,
    ) as string
    expect(await failed).toMatchObject({ kind: 'disk-full', did })
    expect(one.current()).toBeUndefined()
    expect(shown()).toEqual(['A', null])
  })

  it('brings nothing back when the analyst has closed it meanwhile', async () => {
    const one = rig()
    await opened('A', one)
    const failed = expect(one.open(requestOf('B'))).rejects.toThrow('The disk is full.')
    while (openings.length < 2) await turn()
    const closing = one.close()
    openings[1]!.fail(full)
    await Promise.all([failed, closing])
    expect(openings).toHaveLength(2)
    expect(shown()).toEqual(['A', null])
  })

  it('because the one before does not close well is told, and that one is there again', async () => {
    const one = rig()
    await opened('A', one)
    closeFails = full
    const failed = expect(one.open(requestOf('B'))).rejects.toMatchObject({ kind: 'disk-full' })
    while (openings.length < 2) await turn()
    openings[1]!.succeed()
    await failed
    expect(one.current()?.summary().profile.name).toBe('A')
  })
})

it('what does not close well is told as a failure, and as closed', async () => {
  const one = rig()
  await opened('A', one)
  closeFails = new Error('the backup failed')
  await expect(one.close()).rejects.toThrow('the backup failed')
  expect(one.current()).toBeUndefined()
  expect(shown()).toEqual(['A', null])
})
