import type { AlertChange, AlertInput } from '#shared/model/alert.ts'
import type { PromoteChoices } from '#shared/model/case.ts'
import type { Pap, Tlp } from '#shared/model/scales.ts'
import { papToWire } from '../scales.ts'
import type { TlpScale } from '../scales.ts'

type Body = Record<string, unknown>

/** Undefined values vanish in JSON; tag lists must not repeat (the API asks for unique items). */
function body(
  { tlp, pap, ...plain }: { tlp?: Tlp | undefined; pap?: Pap | undefined } & Body,
  scale: TlpScale,
): Body {
  return {
    ...plain,
    ...(tlp !== undefined && { tlp: scale.toWire[tlp] }),
    ...(pap !== undefined && { pap: papToWire(pap) }),
  }
}

const unique = (tags: readonly string[] | undefined): string[] | undefined => tags && [...new Set(tags)]

/** An empty list asks for nothing and is left out. */
const someOf = (tags: readonly string[] | undefined): string[] | undefined =>
  tags === undefined || tags.length === 0 ? undefined : unique(tags)

export function createAlertBody(input: AlertInput, scale: TlpScale): Body {
  return body({ ...input, tags: unique(input.tags) }, scale)
}

/** `assignee: null` takes the assignee away. */
export function updateAlertBody(change: AlertChange, scale: TlpScale): Body {
  const { addTags, removeTags, ...fields } = change
  const tags = { addTags: someOf(addTags), removeTags: someOf(removeTags) }
  return body({ ...fields, ...tags }, scale)
}

export function promoteBody(choices: PromoteChoices, scale: TlpScale): Body {
  return body({ ...choices, tags: unique(choices.tags) }, scale)
}
