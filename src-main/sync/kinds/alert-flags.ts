import type { KindRules } from './kind.ts'
import { alreadyThere, taken } from './outcome.ts'
import { mustHaveAlert, refreshAlert } from './refresh.ts'

/** Setting a mark twice is setting it once; both words commute with everything else. Inverse: the other mark. */
export const alertRead: KindRules<'alert.read'> = {
  async send({ alertId, payload }, context) {
    await context.server.markRead(alertId, payload.read, context.signal)
    const note = payload.read ? 'The server marked it as read.' : 'The server marked it as unread.'
    return taken(alertId, note, context)
  },
  async probe({ alertId, payload }, context) {
    const { read = false } = await mustHaveAlert(alertId, context)
    if (read !== payload.read) return { notYet: true }
    return alreadyThere(alertId, 'It was already marked so.', context)
  },
  refresh: ({ alertId }, context) => refreshAlert(alertId, context),
}

/** Whether updates from its source still reach the alert. Inverse: the other word. */
export const alertFollow: KindRules<'alert.follow'> = {
  async send({ alertId, payload }, context) {
    await context.server.follow(alertId, payload.follow, context.signal)
    const note = payload.follow
      ? 'The server follows its source.'
      : 'The server no longer follows its source.'
    return taken(alertId, note, context)
  },
  async probe({ alertId, payload }, context) {
    const { follow } = await mustHaveAlert(alertId, context)
    if (follow !== payload.follow) return { notYet: true }
    return alreadyThere(alertId, 'It was already so.', context)
  },
  refresh: ({ alertId }, context) => refreshAlert(alertId, context),
}
