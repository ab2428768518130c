import { ForagerError } from '#shared/errors/forager-error.ts'
import type { Api } from '../api.ts'
import { atLeast } from '../server-version.ts'
import { tagsAfter } from '../tags-after.ts'

type Edits = { addTags?: readonly string[] | undefined; removeTags?: readonly string[] | undefined }

/** Before 5.1 a server knows no addTags and removeTags and would ignore them in silence. */
export function mustSendWholeTags(api: Api, { addTags = [], removeTags = [] }: Edits): boolean {
  return addTags.length + removeTags.length > 0 && !atLeast(api.version, '5.1.0')
}

/** The body with the whole list of tags in place of the edits, where the server's version asks for that. */
export async function withWholeTags(
  api: Api,
  { body, edits }: { body: Record<string, unknown>; edits: Edits },
  current: () => Promise<{ tags: readonly string[] } | undefined>,
): Promise<Record<string, unknown>> {
  if (!mustSendWholeTags(api, edits)) return body
  const found = await current()
  if (found === undefined) throw new ForagerError('not-found', `${api.http.host} has no such thing any more.`)
  const { addTags: _added, removeTags: _removed, ...rest } = body
  return { ...rest, tags: tagsAfter(found.tags, edits) }
}
