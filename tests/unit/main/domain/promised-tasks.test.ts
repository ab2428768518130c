import { expect, it } from 'vitest'
import { promisedTasks } from '#main/domain/promised-tasks.ts'
import { aCase, anAlert, anOperation } from '#tests/support/make.ts'

const templates = ['phishing', 'malware'].map((name) => ({
  ...{ name, displayName: name, tags: [] },
  taskTitles: [`${name} task`],
}))
const plain = { severity: 2, tlp: 'amber', pap: 'amber' } as const
const promote = (choices: { caseTemplate?: string; tasks?: { title: string }[] }) =>
  anOperation('alert.promote', { choices, predicted: aCase() })
const titlesOf = (...given: Parameters<typeof promisedTasks>) =>
  promisedTasks(...given).map(({ title }) => title)

it.each([
  ['that was chosen', 'malware', ['malware task', 'Call back']],
  ['of the alert itself where none was', undefined, ['phishing task', 'Call back']],
])('a promotion promises the tasks of the template %s', (_which, caseTemplate, titles) => {
  const choices = { ...(caseTemplate !== undefined && { caseTemplate }), tasks: [{ title: 'Call back' }] }
  const alert = anAlert({ caseTemplate: 'phishing' })
  expect(titlesOf(promote(choices), { alert, templates })).toEqual(titles)
})

it('a case opened by hand promises those of its template, and nothing else promises any', () => {
  const create = anOperation('case.create', {
    input: { title: 'Wave', description: '', tags: [], ...plain, caseTemplate: 'malware' },
    predicted: aCase(),
  })
  expect(titlesOf(create, { alert: undefined, templates })).toEqual(['malware task'])
  expect(titlesOf(promote({}), { alert: anAlert(), templates })).toEqual([])
  expect(titlesOf(anOperation('alert.merge', { caseId: '~9' }), { alert: anAlert(), templates })).toEqual([])
})
