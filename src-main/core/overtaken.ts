import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Profile } from '#shared/model/session.ts'

/** Not a failure of the profile: the analyst has asked for something else since. */
export const overtaken = ({ name }: Pick<Profile, 'name'>) =>
  new ForagerError('cancelled', `${name} was not opened.`, {
    did: 'Something else was opened, or everything closed, before it was there.',
  })
