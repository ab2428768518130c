import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageReadersOf } from '#main/thehive/page-readers.ts'
import { openServer } from '#main/thehive/open-server.ts'
import { detectServer } from '#main/thehive/detect.ts'
import type { CompiledFilter } from '#main/thehive/compile-filter.ts'
import { compileV0 } from '#main/thehive/v0/filter-v0.ts'
import { compileV1 } from '#main/thehive/v1/filter-v1.ts'
import type { Alert } from '#shared/model/alert.ts'
import { allOf } from '#shared/query/build.ts'
import { evaluate } from '#shared/query/evaluate.ts'
import type { Filter } from '#shared/query/filter.ts'
import { parseFilter } from '#shared/query/parse.ts'
import { printFilter } from '#shared/query/print.ts'
import { subjectOf } from '#shared/query/subject.ts'
import type { Subject } from '#shared/query/subject.ts'
import { condition, filterOf } from '#tests/support/query/conditions.ts'
import type { Vocabulary } from '#tests/support/query/conditions.ts'
import { startStandIn } from '#tests/support/thehive/stand-in.ts'
import type { StandIn } from '#tests/support/thehive/stand-in.ts'
import { allPages, keys, newest, signal, targetName } from './harness.ts'
import type { Target } from './harness.ts'

type Route = Target & { api: 'v0' | 'v1' }
const routes: Route[] = [
  { flavour: 'thehive5', version: '5.8.0', api: 'v1' },
  { flavour: 'thehive5', version: '5.1.9', api: 'v1' },
  { flavour: 'thehive4', version: '4.1.24', api: 'v1' },
  { flavour: 'thehive4', version: '4.1.24', api: 'v0' },
  { flavour: 'thehive3', version: '3.5.2', api: 'v0' },
]

const now = new Date(2026, 10, 8, 12).getTime()

type World = {
  hive: StandIn
  subjects: Map<string, Subject>
  customFields: ReadonlyMap<string, string>
  words: Vocabulary
}

/** All that a server has, as the adapter reads it. */
async function openWorld({ flavour, version }: Target): Promise<World> {
  const hive = await startStandIn({ flavour, version, alerts: 120, seed: 5, now })
  const detection = await detectServer({ url: hive.url }, signal)
  const server = await openServer({ url: hive.url, apiKey: keys.analyst }, detection, signal)
  const readers = pageReadersOf(detection.flavour)
  const context = { version: detection.version, host: 'stand-in' }
  const request = { ...newest, limit: 100 }
  const { items: alerts } = await allPages(
    request,
    (page) => server.alertPage(page, signal),
    (bytes, page) => readers.alerts(bytes, page, context),
  )
  const subjects = new Map<string, Subject>()
  for (const alert of alerts) {
    const owner = alert.caseId === undefined ? undefined : await server.case(alert.caseId, signal)
    subjects.set(alert.id, subjectOf(alert, await server.observables(alert.id, signal), owner?.number))
  }
  const { customFields } = await server.catalog(signal)
  await server.close()
  const types = new Map(customFields.map(({ name, type }) => [name, type]))
  return { hive, subjects, customFields: types, words: wordsOf(alerts) }
}

/** Questions that find something: whole values and pieces of them. */
function wordsOf(alerts: readonly Alert[]): Vocabulary {
  const some = <T>(values: readonly T[]): T[] => [...new Set(values)].slice(0, 40)
  const texts = some(
    alerts.flatMap((alert) => [
      ...[
        alert.type,
        alert.source,
        alert.sourceRef,
        alert.title,
        alert.status,
        ...alert.tags,
        alert.createdBy,
      ],
      ...[alert.assignee, alert.caseId, alert.externalLink, alert.summary, alert.caseTemplate].filter(
        (text) => text !== undefined,
      ),
      ...alert.customFields.map(({ value }) => String(value)),
    ]),
  ).filter((text) => text !== '')
  const text = fc.constantFrom(...texts)
  const piece = fc
    .tuple(text, fc.nat(8), fc.integer({ min: 2, max: 6 }))
    .map(([one, from, length]) => one.slice(from, from + length) || one)
  const pattern = piece.chain((one) =>
    fc.constantFrom(`*${one}*`, `${one}*`, `*${one}`, `*${one.toUpperCase()}*`, `*${one}*e*`),
  )
  const times = some(alerts.flatMap(({ date, createdAt, updatedAt }) => [date, createdAt, updatedAt ?? date]))
  const names = some(alerts.flatMap(({ customFields }) => customFields.map(({ name }) => name)))
  return {
    text: fc.oneof(text, piece, pattern),
    number: fc.oneof(fc.nat(20), fc.constantFrom(2.5, ...times.slice(0, 3))),
    moment: fc.oneof(
      fc.constantFrom('today', '-1d', '-7d', '-30d', '-2mo'),
      fc.constantFrom(...times).map((time) => new Date(time).toISOString()),
    ),
    customName: names.length > 0 ? fc.constantFrom(...names) : fc.constant('none-there'),
    network: fc.constantFrom('192.0.2.0/24', '198.51.100.0/24', '10.0.0.0/8'),
  }
}

async function ask({ url }: StandIn, { api }: Route, { query }: CompiledFilter): Promise<string[]> {
  const [path, body] =
    api === 'v1'
      ? ['/api/v1/query', { query: [{ _name: 'listAlert' }, { _name: 'filter', ...query }] }]
      : ['/api/alert/_search', { query, range: 'all' }]
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys.analyst}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const rows = (await answer.json()) as { _id: string }[]
  expect({ query, status: answer.status, rows: answer.ok ? undefined : rows }).toEqual({
    query,
    status: 200,
    rows: undefined,
  })
  return rows.map(({ _id }) => _id)
}

describe.each(routes)('a filter sent over $api to $flavour $version', (route) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(route)
  })
  afterAll(() => world.hive.stop())

  const compile = (filter: Filter): CompiledFilter => {
    const target = { version: route.version, now, customFields: world.customFields }
    const { flavour } = route
    if (route.api === 'v1') return compileV1(filter, target)
    return compileV0(filter, { ...target, flavour: flavour === 'thehive3' ? flavour : 'thehive4' })
  }
  const fitting = (filter: Filter): string[] =>
    [...world.subjects].filter(([, subject]) => evaluate(filter, subject, now)).map(([id]) => id)

  /** Answers how many parts were left to look at locally. */
  const compare = async (filter: Filter): Promise<number> => {
    const compiled = compile(filter)
    const answered = new Set(await ask(world.hive, route, compiled))
    const found = fitting(allOf(compiled.local)).filter((id) => answered.has(id))
    const said = {
      text: printFilter(filter),
      query: compiled.query,
      local: compiled.local.map((part) => printFilter(part)),
    }
    expect({ ...said, found: found.sort() }).toEqual({ ...said, found: fitting(filter).sort() })
    return compiled.local.length
  }

  it(`gives what fits, together with what is looked at locally (${targetName(route)})`, async () => {
    let whole = 0
    await fc.assert(
      fc.asyncProperty(condition(world.words), async (one) => {
        if ((await compare(one)) === 0) whole += 1
      }),
      { numRuns: 300, examples: [[{ op: 'endsWith', field: 'tags', value: 'dlp*' }]] },
    )
    // Otherwise nearly nothing was asked of the server.
    expect(whole).toBeGreaterThan(70)
  })

  it('does so for groups of conditions, however they are nested', async () => {
    await fc.assert(
      fc.asyncProperty(filterOf(condition(world.words)), async (filter) => void (await compare(filter))),
      { numRuns: 120 },
    )
  })

  it('asks the server for the everyday views as a whole', async () => {
    for (const text of [
      'stage:new',
      'severity>=high date>-30d',
      '-tag:fp tlp:amber',
      'status:New or status:Imported',
      'updated>-7d read:no',
    ]) {
      const { filter, problems } = parseFilter(text)
      expect(problems).toEqual([])
      expect([text, await compare(filter)]).toEqual([text, 0])
    }
  })

  it('asks for whole numbers between two others without what lies behind the last', async () => {
    const fractional = ({ type }: { type: string }): boolean => type === 'float' || type === 'number'
    const fields = [...world.customFields].map(([name, type]) => ({ name, type })).filter(fractional)
    const known = [...world.subjects.values()].flatMap(({ custom }) => custom ?? [])
    for (const { name } of fields) {
      const values = known.filter((one) => one.name === name).map(({ value }) => Math.floor(Number(value)))
      for (const value of new Set([0, 1, ...values]))
        for (const text of [
          `cf.${name}:${value}`,
          `cf.${name}:${value}..${value + 1}`,
          `cf.${name}<=${value}`,
        ])
          await compare(parseFilter(text).filter)
    }
    expect(fields).not.toEqual([])
  })

  it('says what it leaves to be looked at locally', () => {
    const { local, query } = compile(
      parseFilter('severity>=high invoice (obs:10.0.0.0/8 or type:edr) -title:x').filter,
    )
    expect(local.map((part) => printFilter(part))).toEqual([
      'invoice',
      'obs:10.0.0.0/8 or type:edr',
      '-title:x',
    ])
    expect(JSON.stringify(query)).toContain('severity')
  })
})
