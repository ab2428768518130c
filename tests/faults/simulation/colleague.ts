import type { AlertChange } from '#shared/model/alert.ts'
import type { CaseChange } from '#shared/model/case.ts'
import * as alerts from './hive/alert-writes.ts'
import * as children from './hive/child-writes.ts'
import type { HiveState } from './hive/hive-state.ts'
import type { ColleagueAct } from './script.ts'

const marks = { tlp: 'amber', pap: 'amber', tags: [], ioc: false, sighted: false } as const
const plain = {
  description: '',
  severity: 2,
  tlp: 'amber',
  pap: 'amber',
  tags: [],
  customFields: [],
} as const

type Choice = { pick: number; value: number }

/** What somebody does in the browser: at once, whatever the analysts' machines are up to. */
export function colleagueActs(hive: HiveState, act: ColleagueAct, { pick, value }: Choice): void {
  const by = `web-${value % 2}`
  const all = hive.alerts.all()
  const alert = all.length === 0 ? undefined : all[pick % all.length]
  if (act === 'create') {
    const input = { ...plain, type: 'edr', source: 'sensor', sourceRef: `web ${pick} ${value}`, title: 'New' }
    if (!all.some(({ sourceRef }) => sourceRef === input.sourceRef)) seedAlert(hive, by, input.sourceRef)
    return
  }
  if (act === 'change-case') return changeCase(hive, by, { pick, value })
  if (alert === undefined) return
  const { id } = alert
  switch (act) {
    case 'change':
      return change(hive, by, id, value)
    case 'handle':
      return handle(hive, by, id, value)
    case 'retag':
      return alerts.updateAlert(hive, by, id, { addTags: [`web-${value % 3}`] })
    case 'delete':
      return value % 3 === 0 ? alerts.deleteAlert(hive, by, id) : undefined
    case 'promote':
      return alert.caseId === undefined ? void alerts.promote(hive, by, id, {}) : undefined
    case 'observe':
      return void children.addValue(hive, by, {
        ...{ alertId: id, marks: { ...marks, tags: [] } },
        value: { dataType: 'ip', data: `198.51.100.${value % 9}` },
      })
    case 'comment':
      return void children.addComment(hive, by, id, `seen by ${by} ${value % 3}`)
    case 'change-comment':
      return changeComment(hive, by, id, value)
    default:
      return onObservable(hive, by, { act, id, value })
  }
}

export function seedAlert(hive: HiveState, by: string, sourceRef: string): string {
  const input = { ...plain, type: 'edr', source: 'sensor', sourceRef, title: 'An alert' }
  const inline = { values: [], files: [] }
  return alerts.createAlert(hive, by, { input: { ...input, tags: ['edr'], customFields: [] }, inline }).id
}

function change(hive: HiveState, by: string, id: string, value: number): void {
  const severity = ((value % 4) + 1) as 1 | 2 | 3 | 4
  const what = [
    { severity },
    { title: `theirs ${value % 3}` },
    { description: `theirs ${value % 3}` },
    { severity },
  ]
  alerts.updateAlert(hive, by, id, what[Math.floor(value / 4) % 4] ?? {})
}

/** One custom field of several, or what an alert goes through on its way. */
function handle(hive: HiveState, by: string, id: string, value: number): void {
  const { customFields, stage } = hive.mustAlert(id)
  const field = { name: `unit-${value % 2}`, type: 'string', value: `theirs ${value % 3}` } as const
  const changes: readonly AlertChange[] = [
    { customFields: [...customFields.filter(({ name }) => name !== field.name), field] },
    { assignee: value % 3 === 0 ? null : by },
    stage === 'Imported' ? { tlp: 'red' } : { status: value % 3 === 0 ? 'New' : 'Ignored' },
  ]
  alerts.updateAlert(hive, by, id, changes[Math.floor(value / 2) % 3] ?? {})
}

function changeCase(hive: HiveState, by: string, { pick, value }: Choice): void {
  const all = hive.cases.all()
  const found = all[pick % Math.max(1, all.length)]
  if (found === undefined) return
  const nth = Math.floor(value / 3)
  const field = { name: `unit-${nth % 2}`, type: 'string', value: `theirs ${value % 3}` } as const
  const title = `their case ${value % 3}`
  const changes: readonly CaseChange[] = [
    { title },
    { title },
    { assignee: nth % 3 === 0 ? null : by },
    { status: nth % 3 === 0 ? 'TruePositive' : 'InProgress' },
    { customFields: [...found.customFields.filter(({ name }) => name !== field.name), field] },
  ]
  alerts.updateCase(hive, by, found.id, changes[nth % 5] ?? { title })
}

/** Whoever wrote it. */
function changeComment(hive: HiveState, by: string, id: string, value: number): void {
  const all = [...hive.comments.values()].filter(({ alertId }) => alertId === id)
  const one = all[value % Math.max(1, all.length)]
  if (one !== undefined) children.editComment(hive, by, one.id, `their words ${value % 3}`)
}

/** Of what is a colleague's own: nothing of an analyst's goes unless an analyst deletes it. */
function onObservable(
  hive: HiveState,
  by: string,
  { act, id, value }: { act: ColleagueAct; id: string; value: number },
): void {
  const theirs = hive.observables.all().filter((one) => one.alertId === id && one.createdBy.startsWith('web'))
  const one = theirs[value % Math.max(1, theirs.length)]
  if (one === undefined) return
  if (act === 'unobserve') children.deleteObservable(hive, by, one.id)
  else children.updateObservable(hive, by, one.id, { message: `their message ${value % 3}` })
}
