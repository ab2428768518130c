import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import { asForagerError, fromErrorData, toErrorData } from '#shared/errors/convert.ts'
import type { ForagerError } from '#shared/errors/forager-error.ts'
import type { OpenRequest } from './messages.ts'
import type { OpenedProfile, Tell } from './open-profile.ts'
import { overtaken } from './overtaken.ts'
import { takeTurns } from './take-turns.ts'

type Parts = {
  openProfile: (request: OpenRequest, tell: Tell) => Promise<OpenedProfile>
  /** To the page. */
  tell: Tell
}

/**
 * One profile is open at a time. Opens and closes take turns, and the last word counts. The page is told what is open whenever that
 * changes; what it shows comes back when what was to follow it does not open.
 */
export function oneProfile({ openProfile, tell }: Parts) {
  const inTurn = takeTurns()
  let opened: OpenedProfile | undefined
  /** What the page shows, and how to open it again. */
  let shown: OpenRequest | undefined
  /** Of what the page hears; of what is still opening, or closing already, it hears nothing. */
  let heard: OpenRequest | undefined
  let words = 0

  const begin = (request: OpenRequest) =>
    openProfile(request, (name, payload) => {
      if (heard === request) tell(name, payload)
    })

  const show = (request: OpenRequest, profile: OpenedProfile): OpenProfile => {
    opened = profile
    shown = heard = request
    const summary = profile.summary()
    tell('profile.changed', summary)
    return summary
  }

  const end = async () => {
    const closing = opened
    if (closing !== undefined && shown !== undefined) shown = asLeft(shown, closing.summary())
    opened = heard = undefined
    await closing?.close()
  }

  const endForGood = async () => {
    shown = undefined
    try {
      await end()
    } finally {
      tell('profile.changed', null)
    }
  }

  /** Answers the failure, together with what became of what the page shows. */
  const comeBack = async (failure: unknown): Promise<ForagerError> => {
    if (shown === undefined) return asForagerError(failure)
    const { name } = shown.profile
    try {
      heard = shown
      show(shown, await begin(shown))
      return alsoDid(failure, `${name} is open as before.`)
    } catch (thrown) {
      shown = heard = undefined
      tell('profile.changed', null)
      return alsoDid(failure, `${name} could not be opened again: ${asForagerError(thrown).message}`)
    }
  }

  const switchTo = async (request: OpenRequest, isLastWord: () => boolean): Promise<OpenProfile> => {
    if (!isLastWord()) throw overtaken(request.profile)
    try {
      await end()
      const next = await begin(request)
      if (isLastWord()) return show(request, next)
      await next.close()
    } catch (thrown) {
      throw isLastWord() ? await comeBack(thrown) : thrown
    }
    throw overtaken(request.profile)
  }

  return {
    current: () => opened,
    /** @throws ForagerError `cancelled` when a later open or close overtook it */
    open: (request: OpenRequest): Promise<OpenProfile> => {
      const word = ++words
      return inTurn(() => switchTo(request, () => word === words))
    },
    close: (): Promise<void> => {
      words += 1
      return inTurn(endForGood)
    },
  }
}

/** Whoever worked offline there still does; who we are is known from what was kept, and may be newer. */
const asLeft = (request: OpenRequest, { sync }: OpenProfile): OpenRequest => ({
  ...request,
  session: undefined,
  workOffline: sync.connection === 'working-offline',
})

function alsoDid(failure: unknown, more: string): ForagerError {
  const { did, ...rest } = toErrorData(failure)
  return fromErrorData({ ...rest, did: did === undefined ? more : `${did} ${more}` })
}
