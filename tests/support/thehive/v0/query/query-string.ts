import type { Context } from '../../semantics/context.ts'
import type { Stamps } from '../../state/types.ts'
import type { Model } from './model.ts'
import { equals, matches, wildcard } from './values.ts'
import { dialects } from './dialect.ts'

type Predicate = (record: Stamps) => boolean

/** Fields a word without a field is looked for in. */
const searched = [
  ...['title', 'description', 'tags', 'source', 'sourceRef', 'type', 'status', 'data', 'message'],
  ...['dataType', 'summary', 'owner', 'login', 'name'],
]

const term = /(?:(?<field>[\w.]+):)?(?:"(?<phrase>[^"]*)"|(?<word>\S+))/gu

/**
 * A slice of the Lucene query syntax: words, `"phrases"`, `field:word`, `*` and `?`, `AND`, `OR`, `NOT` and `-`, read
 * from left to right without brackets; words side by side are alternatives.
 */
export function queryString(context: Context, model: Model, source: string): Predicate {
  let result: Predicate | undefined
  let [joins, negates] = ['OR', false]
  for (const { groups = {} } of source.matchAll(term)) {
    const { field, phrase, word = '' } = groups
    if (field === undefined && ['AND', 'OR', '&&', '||'].includes(word)) {
      joins = word === 'AND' || word === '&&' ? 'AND' : 'OR'
      continue
    }
    if (field === undefined && (word === 'NOT' || word === '!')) {
      negates = true
      continue
    }
    const isMinus = word.length > 1 && word.startsWith('-')
    const found = single(context, model, {
      field,
      text: phrase ?? (isMinus ? word.slice(1) : word),
      isPhrase: phrase !== undefined,
    })
    const next: Predicate = negates || isMinus ? (record) => !found(record) : found
    result = join(result, next, isMinus || negates ? 'AND' : joins)
    ;[joins, negates] = ['OR', false]
  }
  return result ?? (() => true)
}

function join(left: Predicate | undefined, right: Predicate, how: string): Predicate {
  if (!left) return right
  return how === 'AND' ? (record) => left(record) && right(record) : (record) => left(record) || right(record)
}

type Term = { field: string | undefined; text: string; isPhrase: boolean }

function single(context: Context, model: Model, { field, text, isPhrase }: Term): Predicate {
  if (!isPhrase && text === '*') return () => true
  const getters = (field === undefined ? searched : [field]).flatMap(
    (name) => model.field(context, name) ?? [],
  )
  const test = testOf(text, isPhrase)
  return (record) => getters.some((getter) => test(getter(record)))
}

function testOf(text: string, isPhrase: boolean): (value: unknown) => boolean {
  if (isPhrase) return wildcard(`*${text}*`)
  if (/[*?]/.test(text)) return wildcard(text)
  const [same, word] = [equals(dialects.thehive3, text), matches(text)]
  return (value) => same(value) || word(value)
}
