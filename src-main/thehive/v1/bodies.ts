import type { AlertChange, AlertInput } from '#shared/model/alert.ts'
import type { CaseChange, CaseInput, PromoteChoices } from '#shared/model/case.ts'
import type { ObservableChange, ObservableMarks } from '#shared/model/observable.ts'
import type { Pap, Tlp } from '#shared/model/scales.ts'
import { papToWire } from '../scales.ts'
import type { TlpScale } from '../scales.ts'
import { atLeast } from '../server-version.ts'
import { customFieldsBody } from './custom-fields.ts'

type Body = Record<string, unknown>
type Numbering = { version: string; scale: TlpScale }

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

const tagEdits = ({
  addTags,
  removeTags,
}: {
  addTags?: string[] | undefined
  removeTags?: string[] | undefined
}) => ({
  addTags: someOf(addTags),
  removeTags: someOf(removeTags),
})

export function createAlertBody(input: AlertInput, { version, scale }: Numbering): Body {
  const { customFields, externalLink, ...fields } = input
  // The key got its present name with 5.0.1 (api.md §9.2).
  const key = atLeast(version, '5.0.1') ? 'customFields' : 'customFieldValue'
  return body(
    {
      ...fields,
      tags: unique(input.tags),
      // The API asks for at least one character.
      externalLink: externalLink === '' ? undefined : externalLink,
      ...(customFields.length > 0 && { [key]: customFieldsBody(customFields) }),
    },
    scale,
  )
}

/** `null` takes an assignee, a summary or a link away; an empty link does too. */
export function updateAlertBody(change: AlertChange, scale: TlpScale): Body {
  const { customFields, externalLink, ...fields } = change
  return body(
    {
      ...fields,
      ...tagEdits(change),
      externalLink: externalLink === '' ? null : externalLink,
      ...(customFields !== undefined && { customFields: customFieldsBody(customFields) }),
    },
    scale,
  )
}

export function promoteBody({ customFields, ...choices }: PromoteChoices, scale: TlpScale): Body {
  const fields = customFields === undefined ? {} : { customFields: customFieldsBody(customFields) }
  return body({ ...choices, ...fields, tags: unique(choices.tags) }, scale)
}

export function createCaseBody(input: CaseInput, scale: TlpScale): Body {
  return body({ ...input, tags: unique(input.tags) }, scale)
}

export function updateCaseBody({ customFields, ...change }: CaseChange, scale: TlpScale): Body {
  const fields = customFields === undefined ? {} : { customFields: customFieldsBody(customFields) }
  return body({ ...change, ...tagEdits(change), ...fields }, scale)
}

/**
 * One change as the requests it takes. Which of the two a server looks at first is not documented: it might refuse to close for
 * want of a value that comes along, so custom fields go ahead of a status.
 */
export function inTurn({ customFields, ...rest }: Body): Body[] {
  if (customFields === undefined) return [rest]
  if (rest['status'] === undefined) return [{ ...rest, customFields }]
  return [{ customFields }, rest]
}

export function marksBody({ tags, ...marks }: ObservableMarks, scale: TlpScale): Body {
  return body({ ...marks, tags: unique(tags) }, scale)
}

export function updateObservableBody(change: ObservableChange, scale: TlpScale): Body {
  return body({ ...change, ...tagEdits(change) }, scale)
}
