import { segment } from '../api.ts'
import type { OlderApi } from './older-api.ts'

export const alertPath = (id: string, rest = ''): string => `/api/alert/${segment(id)}${rest}`

const ask = async (api: OlderApi, path: string, signal: AbortSignal): Promise<void> => {
  await api.http.send({ method: 'POST', path }, signal)
}

/** The mark alone; a case, if there is one, stays. */
export const markRead = (api: OlderApi, id: string, read: boolean, signal: AbortSignal): Promise<void> =>
  ask(api, alertPath(id, read ? '/markAsRead' : '/markAsUnread'), signal)

export const follow = (api: OlderApi, id: string, wanted: boolean, signal: AbortSignal): Promise<void> =>
  ask(api, alertPath(id, wanted ? '/follow' : '/unfollow'), signal)
