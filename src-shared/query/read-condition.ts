import { isEquality, opposedIf } from './comparison.ts'
import { everything, filterLimits } from './filter.ts'
import type { Filter } from './filter.ts'
import type { FlagField } from './fields.ts'
import { keyOf } from './keys.ts'
import type { Key } from './keys.ts'
import { readCustom } from './read-custom.ts'
import { readOrdered, scales } from './read-ordered.ts'
import { readCase, readText } from './read-text.ts'
import type { Token, Value } from './tokens.ts'
import type { Outcome, ParseContext, Typed } from './typed.ts'
import { stages } from '../model/scales.ts'

export function readCondition(token: Token, context: ParseContext): Outcome {
  if (token.kind === 'word') return readWord(token.value)
  if (token.kind !== 'condition') return { reason: 'This does not belong here' }
  const key = keyOf(token.key)
  const empty = token.values.length === 0 || token.values.some(({ text }) => text === '')
  if (key === undefined || empty) return { reason: `Say which ${token.key}` }
  if (token.values.length > filterLimits.values) return { reason: 'These are too many values' }
  if (token.values.some(({ text }) => text.length > filterLimits.text))
    return { reason: `A value has at most ${filterLimits.text} characters` }
  return readKey(key, token, context)
}

function readWord({ text, quoted }: Value): Outcome {
  if (text === '*' && !quoted) return { filter: everything }
  if (text.length > filterLimits.text) return { reason: `A text has at most ${filterLimits.text} characters` }
  if (text === '') return { reason: 'Nothing stands between these quotes' }
  return { filter: { op: 'contains', field: 'text', value: text } }
}

function readKey(key: Key, typed: Typed, context: ParseContext): Outcome {
  switch (key.kind) {
    case 'text':
      return readText(key, typed, context)
    case 'case':
      return readCase(typed)
    case 'custom':
      return readCustom(typed)
    case 'stage':
      return readStage(typed)
    case 'flag':
      return readFlag(key.field, typed)
    case 'has':
      return readHas(typed)
    case 'severity':
    case 'tlp':
    case 'pap':
      return readOrdered({ ...scales[key.kind], field: key.kind }, typed)
    default:
      return readOrdered({ ...scales[key.kind], field: key.field }, typed)
  }
}

function readStage({ key, comparison, values }: Typed): Outcome {
  if (!isEquality(comparison)) return { reason: `Write ${key}: with a colon` }
  const found = values.map(({ text }) => stages.find((one) => one.toLowerCase() === text.toLowerCase()))
  if (found.includes(undefined)) return { reason: `Stages are ${stages.join(', ')}` }
  const known = found.filter((one) => one !== undefined)
  const [first] = known
  if (first === undefined) return { reason: `Stages are ${stages.join(', ')}` }
  const filter: Filter =
    known.length > 1
      ? { op: 'in', field: 'stage', values: known }
      : { op: 'eq', field: 'stage', value: first }
  return { filter: opposedIf(comparison, filter) }
}

const answers: Readonly<Record<string, boolean>> = { yes: true, true: true, no: false, false: false }

function readFlag(field: FlagField, { comparison, values }: Typed): Outcome {
  const value = answers[values[0]?.text.toLowerCase() ?? '']
  if (value === undefined || values.length > 1 || (comparison !== ':' && comparison !== '='))
    return { reason: `Write ${field}:yes or ${field}:no` }
  return { filter: { op: 'eq', field, value } }
}

function readHas({ comparison, values }: Typed): Outcome {
  const [value] = values
  const help = { reason: 'Write has: with assignee, case, template, summary, link, tag or cf.NAME' }
  if (value === undefined || values.length > 1 || comparison !== ':') return help
  const key = keyOf(value.text)
  if (key?.kind === 'custom')
    return { filter: { op: 'has', field: 'customField', name: value.text.slice(3) } }
  if (key?.kind === 'case') return { filter: { op: 'has', field: 'caseId' } }
  if (key?.kind !== 'text' || key.optional === undefined) return help
  return { filter: { op: 'has', field: key.optional } }
}
