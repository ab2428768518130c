import { call, readOne } from '../../api.ts'
import * as wire from '../../wire-fields.ts'
import type { OlderApi } from '../older-api.ts'

export type User3 = { login: string; name: string; roles: string[] }

/** Roles in lower case: `read`, `write`, `admin`, `alert` (api.md §1.5). */
export async function currentUser(api: OlderApi, signal: AbortSignal): Promise<User3> {
  const answer = await call(api, { method: 'GET', path: '/api/user/current' }, signal)
  return readOne(api, answer, (value) => {
    const row = wire.asRow(value, 'user')
    const login = wire.optionalText(row, 'login') ?? wire.text(row, 'id')
    const roles = wire.texts(row, 'roles').map((role) => role.toLowerCase())
    return { login, name: wire.optionalText(row, 'name') ?? login, roles }
  })
}
