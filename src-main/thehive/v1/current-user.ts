import { call, readOne } from '../api.ts'
import type { Api } from '../api.ts'
import * as wire from '../wire-fields.ts'

export type CurrentUser = {
  login: string
  name: string
  organisation: string
  organisations: string[]
  permissions: string[]
}

export async function currentUser(api: Api, signal: AbortSignal): Promise<CurrentUser> {
  const answer = await call(api, { method: 'GET', path: '/api/v1/user/current' }, signal)
  return readOne(api, answer, (value) => {
    const row = wire.asRow(value, 'user')
    const login = wire.text(row, 'login')
    return {
      login,
      name: wire.optionalText(row, 'name') ?? login,
      organisation: wire.text(row, 'organisation'),
      organisations: wire
        .list(row, 'organisations')
        .map((one) => wire.text(wire.asRow(one, 'organisation'), 'organisation')),
      permissions: wire.texts(row, 'permissions'),
    }
  })
}
