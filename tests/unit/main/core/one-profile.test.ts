import { beforeEach, describe, expect, it } from 'vitest'
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

const status: SyncStatus = { connection: 'online', setAside: 0, waiting: 0, needAttention: 0, exported: 0 }
const requestOf = (name: string): OpenRequest => ({
  profile: { id: name, kind: 'local', name },
  ...{ folder: `/${name}`, keyHex: 'ab' },
})
const turn = () => new Promise((resolve) => setImmediate(resolve))

function openedAs({ profile }: OpenRequest): OpenedProfile {
  alive.push(profile.name)
  return {
    summary: () => ({ profile, session: localSession(profile), sync: status }),
    close: async () => {
      await turn()
      alive = alive.filter((name) => name !== profile.name)
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
