import type { Alert, AlertChange } from '#shared/model/alert.ts'
import type { CallInput, CallName, CallOutput } from '#shared/contract/contract.ts'
import type { EventName, EventPayload } from '#shared/contract/events.ts'
import { toErrorData } from '#shared/errors/convert.ts'
import { ForagerError } from '#shared/errors/forager-error.ts'
import type { OperationEdit } from '#shared/model/operation-edit.ts'
import type { OperationView } from '#shared/model/operation-view.ts'
import { noPack } from '#shared/model/shift-pack.ts'
import { settingsSchema } from '#shared/model/settings.ts'
import { evaluate } from '#shared/query/evaluate.ts'
import { foldText } from '#shared/util/fold-text.ts'
import { subjectOfRow } from '../../../src-renderer/state/queue/row-matches.ts'
import { countRows } from './count-rows.ts'
import type { FakeState } from './fake-state.ts'
import { sampleCatalog, sampleTasks } from './sample-catalog.ts'
import { sampleDetail } from './sample-detail.ts'
import { sampleRow } from './sample-rows.ts'

export type FakeCalls = { [K in CallName]?: (input: CallInput<K>) => CallOutput<K> | Promise<CallOutput<K>> }
export type Emit = <E extends EventName>(name: E, payload: EventPayload<E>) => void

/** The calls that read: queue, detail, cases, outbox. */
export function readingCalls(state: FakeState, emit: Emit): FakeCalls {
  return {
    'app.info': () => ({
      name: 'Forager',
      version: '0.0.0',
      runtime: 'browser',
      platform: 'linux',
      sqlite: '3',
    }),
    'profiles.current': () => state.open,
    'catalog.get': () => sampleCatalog,
    'sync.status': () => state.sync(),
    'sync.attend': () => null,
    'pack.status': () => state.pack,
    'pack.start': ({ filesUpTo = 0, ...plan }) =>
      (state.pack = {
        ...state.pack,
        plan: { ...plan, filesUpTo },
        state: 'packing',
        ready: 40,
        alerts: 120,
        missing: 80,
      }),
    'pack.pause': () => (state.pack = { ...state.pack, state: 'paused' }),
    'pack.resume': () => (state.pack = { ...state.pack, state: 'packing' }),
    'pack.forget': () => (state.pack = noPack),
    'sync.hint': () => null,
    'queue.order': ({ filter, sort, after, limit }) => {
      if (state.kind === 'error')
        throw new ForagerError('corrupt', 'The copy of the queue is damaged.', {
          did: 'Forager set it aside and is making a new one. Your decisions are in another file and are safe.',
          next: 'Wait a moment, then try again.',
        })
      const rows = state.rows.filter((row) =>
        evaluate(filter, { ...subjectOfRow(row), words: [foldText(row.title)] }, state.now),
      )
      const value = (row: (typeof rows)[number]) => (sort.field === 'severity' ? row.severity : row.date)
      const sign = sort.direction === 'desc' ? -1 : 1
      rows.sort((a, b) => sign * (value(a) - value(b)) || a.pk - b.pk)
      const from = after ? rows.findIndex((row) => row.pk === after.pk) + 1 : 0
      const page = rows.slice(from, from + limit)
      const last = page.at(-1)
      const next = last && from + limit < rows.length ? { value: value(last), pk: last.pk } : null
      return { pks: page.map((row) => row.pk), next }
    },
    'queue.rows': ({ pks }) => {
      const wanted = new Set(pks)
      return state.rows.filter((row) => wanted.has(row.pk))
    },
    'queue.askServer': ({ filter }) => {
      const [text] = JSON.stringify(filter).match(/only-there/) ?? []
      const notAsked = text === undefined ? [] : [{ text, seen: true }]
      const rest = { setAside: 0, more: false, notAsked, total: { count: 1, exact: true } }
      if (text === undefined) return { found: 0, arrived: 0, ...rest }
      state.rows.push({ ...sampleRow(state.rows.length + 1, state.now), title: 'An alert only-there' })
      // As main does: first the event, then the answer.
      emit('queue.changed', { ids: [], arrived: 1 })
      return { found: 1, arrived: 1, ...rest }
    },
    'queue.counts': () => countRows(state.rows, 'ana'),
    'alerts.get': ({ id }) => {
      const row = state.rows.find((one) => one.id === id)
      if (!row) throw new ForagerError('not-found', 'This alert is not here any more.')
      const made = sampleDetail(row, state.kind, state.now)
      const detail = state.patches.filter((one) => one.id === id).reduce((one, { patch }) => patch(one), made)
      const own = state.cases.find((one) => one.id === row.caseId)
      return {
        ...detail,
        ...(own && { case: own }),
        pending: state.operations.filter((one) => one.alertId === id && one.state !== 'sent'),
      }
    },
    'cases.search': ({ text, limit }) => {
      const wanted = text.replace('#', '').toLowerCase()
      return state.cases
        .filter(
          (one) => one.title.toLowerCase().includes(wanted) || String(one.number ?? '').startsWith(wanted),
        )
        .slice(0, limit)
    },
    'cases.get': ({ id }) => {
      const found = state.cases.find((one) => one.id === id)
      if (!found) throw new ForagerError('not-found', 'This case is not in the local copy.')
      const pending = state.operations.filter((one) => one.alertId === id && one.state !== 'sent')
      return { case: found, tasks: found.pending ? [] : sampleTasks(state.now), pending }
    },
    'alerts.similar': ({ id }) => similarTo(state, id),
    'strays.list': () => state.strays,
    'strays.discard': ({ id }) => {
      state.strays = state.strays.filter((one) => one.id !== id)
      return null
    },
    'outbox.list': () => state.operations.filter((one) => one.state !== 'sent'),
    'outbox.receipts': ({ text }) => ({
      found: state.operations.filter((one) => one.state === 'sent' && one.sentence.includes(text)),
      more: false,
    }),
    'outbox.get': ({ id }) => {
      const view = state.operations.find((one) => one.id === id)
      if (!view) throw new ForagerError('not-found', 'This decision is not in the outbox any more.')
      const dependents = state.operations.filter((one) => one.dependsOn.includes(id))
      const changes = [{ name: 'severity', before: 'Medium', after: 'High' }]
      return { view, changes, dependents, edit: editOf(view) }
    },
    'outbox.reversal': ({ ids }) => ({
      steps: ids.map((id) => ({ id, sentence: 'Set severity back to Medium', title: 'An alert' })),
      left: [],
    }),
    'settings.get': () => state.settings,
    'settings.save': (change) => (state.settings = settingsSchema.parse({ ...state.settings, ...change })),
  }
}

function editOf({ kind }: OperationView): OperationEdit {
  if (kind !== 'alert.create') return { kind: 'alert.update', change: { severity: 3 } }
  return { kind, key: { type: 'manual', source: 'phone', sourceRef: 'ref-7' } }
}

function similarTo(state: FakeState, id: string): CallOutput<'alerts.similar'> {
  if (state.kind === 'offline') throw new ForagerError('offline', 'soc-hive.example did not answer.')
  const cases = state.cases.slice(0, 2).map((one, index) => ({
    case: one,
    ...{ similarObservables: 5 - 3 * index, similarIocs: 1 - index },
  }))
  const others = state.kind === 'th3' ? [] : state.rows
  const alerts = others
    .filter((row) => row.id !== id)
    .slice(0, 4)
    .map((row, index) => ({
      alert: sampleDetail(row, state.kind, state.now).alert,
      ...{ similarObservables: 4 - index, similarIocs: index % 2 },
    }))
  return { cases, alerts }
}

export type Told = <T extends { groupId: string }>(ids: readonly string[], answer: T) => T & { count: number }

/** Says what was decided as main would: by events, then by the answer. */
export function teller(state: FakeState, emit: Emit): Told {
  return (ids, answer) => {
    emit('queue.changed', { ids: [...ids], arrived: 0 })
    emit('outbox.changed', state.counts())
    return { ...answer, count: ids.length }
  }
}

/** What of a change a row does not carry. */
function changedAlert(alert: Alert, change: AlertChange): Alert {
  const { description, summary, externalLink, customFields } = change
  return {
    ...alert,
    ...(description !== undefined && { description }),
    ...(summary !== undefined && { summary }),
    ...(externalLink !== undefined && { externalLink }),
    ...(customFields && { customFields }),
  }
}

/** The calls that decide, with events as main would send them. */
export function decidingCalls(state: FakeState, emit: Emit): FakeCalls {
  const told = teller(state, emit)
  return {
    'triage.update': ({ ids, change }) =>
      told(ids, {
        groupId: state.decide(
          ids,
          'alert.update',
          'Change the alert',
          (row) => state.change(row, change),
          (detail) => ({ ...detail, alert: changedAlert(detail.alert, change) }),
        ),
      }),
    'triage.promote': ({ id, choices }) => {
      const row = state.rows.find((one) => one.id === id)
      const caseId = `local:${state.cases.length}`
      const model = state.cases[0]
      if (model)
        state.cases = [
          {
            ...model,
            id: caseId,
            number: undefined,
            title: choices.title ?? row?.title ?? '',
            pending: true,
          },
          ...state.cases,
        ]
      const groupId = state.decide([id], 'alert.promote', 'Promote to a case', () => ({
        stage: 'Imported',
        status: 'Imported',
        caseId,
      }))
      return { ...told([id], { groupId }), caseId }
    },
    'triage.merge': ({ ids, caseId }) =>
      told(ids, {
        groupId: state.decide(ids, 'alert.merge', 'Merge into a case', () => ({
          stage: 'Imported',
          status: 'Imported',
          caseId,
        })),
      }),
    'alerts.create': ({ input }) => {
      const twin = state.rows.find((row) => row.sourceRef === input.sourceRef)
      if (twin)
        throw new ForagerError('conflict', 'An alert of this type, source and reference exists already.', {
          did: 'Nothing was created.',
          next: 'Open the existing alert, or choose another reference.',
          details: { twinId: twin.id },
        })
      state.arrive(1)
      const row = state.rows[0]
      const id = row?.id ?? ''
      return { ...told([id], { groupId: 'created' }), alertId: id, files: [] }
    },
    'outbox.undo': ({ groupId }) => {
      const undo = state.undo.get(groupId)
      undo?.()
      state.undo.delete(groupId)
      told([], { groupId })
      return { count: undo ? 1 : 0 }
    },
    'outbox.drop': ({ id }) => {
      const before = state.operations.length
      state.operations = state.operations.filter((one) => one.id !== id)
      emit('outbox.changed', state.counts())
      return { count: before - state.operations.length }
    },
    'outbox.edit': () => null,
    'outbox.retry': () => null,
    'outbox.keepAsComment': ({ id }) => {
      state.operations = state.operations.filter((one) => one.id !== id)
      emit('outbox.changed', state.counts())
      return { groupId: 'kept', count: 1 }
    },
    'outbox.resolveMany': ({ conflicts }) => {
      const settled = new Set(conflicts.map(({ id }) => id).filter((id) => !state.stubborn.has(id)))
      state.operations = state.operations.filter((one) => !settled.has(one.id))
      const problem = toErrorData(new ForagerError('conflict', 'The server has something else by now.'))
      return { settled: settled.size, left: [...state.stubborn].map((id) => ({ id, problem })) }
    },
    'outbox.resolve': ({ id }) => {
      state.operations = state.operations.filter((one) => one.id !== id)
      return null
    },
    'intake.classify': ({ text }) =>
      text.split('\n').flatMap((original, index) => {
        const data = original.trim().replaceAll('[.]', '.').replace(/^hxxp/, 'http').replace('[:]', ':')
        if (data === '') return []
        const dataType = /^[\d.]+$/.test(data)
          ? 'ip'
          : data.includes('://')
            ? 'url'
            : data.includes('@')
              ? 'mail'
              : 'domain'
        return [{ dataType, data, line: index + 1, original }]
      }),
  }
}
