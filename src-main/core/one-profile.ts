import type { OpenProfile } from '#shared/contract/profile-calls.ts'
import type { OpenRequest } from './messages.ts'
import type { OpenedProfile, Tell } from './open-profile.ts'
import { overtaken } from './overtaken.ts'
import { takeTurns } from './take-turns.ts'

type Parts = {
  openProfile: (request: OpenRequest, tell: Tell) => Promise<OpenedProfile>
  /** To the page. */
  tell: Tell
}

/** One profile is open at a time. Opens and closes take turns, and the last word counts. */
export function oneProfile({ openProfile, tell }: Parts) {
  const inTurn = takeTurns()
  let opened: OpenedProfile | undefined
  /** Of what the page hears; of what is still opening, or closing already, it hears nothing. */
  let heard: OpenRequest | undefined
  let words = 0

  const begin = (request: OpenRequest) =>
    openProfile(request, (name, payload) => {
      if (heard === request) tell(name, payload)
    })

  const end = async () => {
    const closing = opened
    opened = heard = undefined
    await closing?.close()
  }

  const switchTo = async (request: OpenRequest, isLastWord: () => boolean): Promise<OpenProfile> => {
    if (!isLastWord()) throw overtaken(request.profile)
    await end()
    const next = await begin(request)
    if (!isLastWord()) {
      await next.close()
      throw overtaken(request.profile)
    }
    opened = next
    heard = request
    return next.summary()
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
      return inTurn(end)
    },
  }
}
