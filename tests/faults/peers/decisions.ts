import { createHash } from 'node:crypto'
import type { Operation } from '#shared/model/operation.ts'
import { aCase, aCreation, anInput, plainMarks } from '#tests/support/make.ts'
import { alertOn, decided, someAlert } from '../scenarios/scenario.ts'
import type { World } from '../scenarios/scenario.ts'
import type { Colleague, Script, Sort } from './script.ts'

/** A decision as the request it is, for a client that has no other idea of it. Ids named `local:…` are ours until the server gives its own. */
export type Call = { id: string; method: 'POST' | 'PATCH'; path: string; body: object; makes?: string }

/** The same decision for each client, and how to tell from the server's records what came of it. */
export type PeerDecision = {
  operation: Operation
  call: Call
  /** Whether an effect the server noted is this decision's. */
  isEffect: (key: string) => boolean
  /** How many of what it makes are there; absent where it makes nothing. */
  things?: () => number
  /** A colleague gives this alert another title. */
  rival?: { alertId: string; when: Colleague }
}

type Ground = World & { n: number }
type Made = Omit<PeerDecision, 'operation' | 'call'> & { operation: Operation; call: Omit<Call, 'id'> }

const withId = ({ operation, call, ...rest }: Made): PeerDecision => ({
  ...rest,
  operation,
  call: { id: operation.id, ...call },
})

const alertPath = (id: string, rest = ''): string => `/api/v1/alert/${id}${rest}`
const has =
  (...parts: string[]) =>
  (key: string): boolean =>
    parts.every((part) => key.includes(part))

const casesOf = ({ hive }: World, title: string) =>
  hive.state.space('acme').cases.created.rows.filter((one) => one.title === title)

async function close(ground: Ground): Promise<Made> {
  const alertId = await someAlert(ground, ground.n)
  const change = { status: 'Duplicated' }
  const payload = { change, effect: { stage: 'Closed', assignee: 'ana@acme.example' } } as const
  const base = { status: 'New', stage: 'New', assignee: null }
  return {
    operation: decided('alert.update', payload, { ...ground, alertId, base }),
    call: { method: 'PATCH', path: alertPath(alertId), body: change },
    isEffect: has(`update ${alertId} status=`, 'Duplicated'),
  }
}

async function tag(ground: Ground): Promise<Made> {
  const alertId = await someAlert(ground, ground.n)
  const change = { addTags: [`wave-${ground.n}`] }
  return {
    operation: decided('alert.update', { change, effect: {} }, { ...ground, alertId }),
    call: { method: 'PATCH', path: alertPath(alertId), body: change },
    isEffect: has(`update ${alertId} `, `wave-${ground.n}`),
  }
}

async function title(ground: Ground, when: Colleague): Promise<Made> {
  const alertId = await someAlert(ground, ground.n)
  const change = { title: `Renamed ${ground.n}` }
  const base = { title: `About ${ground.n}` }
  return {
    operation: decided('alert.update', { change, effect: {} }, { ...ground, alertId, base }),
    call: { method: 'PATCH', path: alertPath(alertId), body: change },
    isEffect: has(`update ${alertId} title=`, change.title),
    rival: { alertId, when },
  }
}

/** Words that nobody else writes. */
function commentOn(ground: Ground, alertId: string, over: Partial<Operation> = {}): Made {
  const message = `looked at ${ground.n}`
  const payload = { localId: `local:m-${ground.n}`, message }
  const alerts = ground.hive.state.space('acme').alerts.created.rows
  return {
    operation: decided('comment.add', payload, { ...ground, alertId, ...over }),
    call: { method: 'POST', path: alertPath(alertId, '/comment'), body: { message } },
    isEffect: has('comment ', `sha256:${createHash('sha256').update(message).digest('hex')}`),
    things: () => alerts.flatMap(({ comments }) => comments).filter((one) => one.message === message).length,
  }
}

async function observable(ground: Ground): Promise<Made> {
  const alertId = await someAlert(ground, ground.n)
  const value = { dataType: 'domain', data: `bad-${ground.n}.example` }
  const values = [{ ...value, localId: `local:v-${ground.n}` }]
  return {
    operation: decided('observable.add-values', { values, marks: plainMarks }, { ...ground, alertId }),
    call: { method: 'POST', path: alertPath(alertId, '/observable'), body: value },
    isEffect: has(`observable ${alertId} `, value.data),
    things: () => observablesWith(ground, alertId, value.data),
  }
}

const observablesWith = (world: World, alertId: string, wanted: string): number =>
  (alertOn(world, alertId)?.observables ?? []).filter(({ data }) => data === wanted).length

async function procedure(ground: Ground): Promise<Made> {
  const alertId = await someAlert(ground, ground.n)
  const input = { patternId: 'T1003', tactic: 'credential-access', occurDate: 1_700_000_000_000 }
  const payload = { localId: `local:p-${ground.n}`, input }
  return {
    operation: decided('procedure.add', payload, { ...ground, alertId }),
    call: { method: 'POST', path: alertPath(alertId, '/procedure'), body: input },
    isEffect: has(`procedure ${alertId} `),
    things: () => alertOn(ground, alertId)?.procedures.length ?? 0,
  }
}

function newCase(ground: Ground): Made {
  const words = { title: `Wave ${ground.n}`, description: 'One sender', tags: ['mail'] }
  const predicted = aCase({ id: `local:c-${ground.n}`, title: words.title })
  const input = { ...words, severity: 2, tlp: 'amber', pap: 'amber' } as const
  return {
    operation: decided('case.create', { input, predicted }, { ...ground, alertId: predicted.id }),
    call: {
      ...{ method: 'POST', path: '/api/v1/case', makes: predicted.id },
      body: { ...words, severity: 2, tlp: 2, pap: 2 },
    },
    isEffect: (key) => key === `create case ${words.title}`,
    things: () => casesOf(ground, words.title).length,
  }
}

async function promote(ground: Ground): Promise<Made> {
  const alertId = await someAlert(ground, ground.n)
  const predicted = aCase({ id: `local:c-${ground.n}`, title: `About ${ground.n}` })
  const base = { caseId: null }
  return {
    operation: decided('alert.promote', { choices: {}, predicted }, { ...ground, alertId, base }),
    call: { method: 'POST', path: alertPath(alertId, '/case'), body: {}, makes: predicted.id },
    isEffect: (key) => key === `promote alert ${alertId}`,
    things: () => casesOf(ground, predicted.title).length,
  }
}

async function mergeInto(ground: Ground, made: Operation): Promise<Made> {
  const alertId = await someAlert(ground, ground.n)
  const caseId = made.alertId
  const over = { alertId, base: { caseId: null }, dependsOn: [made.id] }
  return {
    operation: decided('alert.merge', { caseId }, { ...ground, ...over }),
    call: { method: 'POST', path: alertPath(alertId, `/merge/${caseId}`), body: {} },
    isEffect: has(`merge alert ${alertId} -> case `),
  }
}

function newAlert(ground: Ground): Made {
  const input = anInput({ sourceRef: `new-${ground.n}`, title: `New ${ground.n}` })
  const { type, source, sourceRef, description } = input
  const alertId = `local:a-${ground.n}`
  const alerts = ground.hive.state.space('acme').alerts.created.rows
  return {
    operation: decided('alert.create', aCreation({ input }), { ...ground, alertId }),
    call: {
      ...{ method: 'POST', path: '/api/v1/alert', makes: alertId },
      body: { type, source, sourceRef, description: description || 'A call', title: input.title },
    },
    isEffect: (key) => key === `create alert ${type};${source};${sourceRef}`,
    things: () => alerts.filter((one) => one.sourceRef === sourceRef).length,
  }
}

type Pair = 'merge into a new case' | 'comment on a new alert'

const single: Record<Exclude<Sort, Pair>, (ground: Ground, when: Colleague) => Promise<Made> | Made> = {
  ...{ close, tag, title, observable, procedure, promote, case: newCase },
  comment: async (ground) => commentOn(ground, await someAlert(ground, ground.n)),
}

/** What the script decides, on things of its own that are made on the server first. */
export async function decideScript({ steps }: Script, world: World): Promise<PeerDecision[]> {
  const made: Made[] = []
  const next = (): Ground => ({ ...world, n: made.length + 1 })
  for (const { sort, colleague } of steps) {
    if (sort === 'merge into a new case') {
      const first = newCase(next())
      made.push(first)
      made.push(await mergeInto(next(), first.operation))
    } else if (sort === 'comment on a new alert') {
      const { operation } = made[made.push(newAlert(next())) - 1] as Made
      made.push(commentOn(next(), operation.alertId, { dependsOn: [operation.id] }))
    } else made.push(await single[sort](next(), colleague))
  }
  return made.map(withId)
}
